package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.servlet.http.Cookie;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/// Light or dark: what the browser prefers until somebody presses the switch, and from then on what they chose, which
/// their browser remembers in a cookie. The page is dark from its first byte; nothing flashes.
@ApplicationScoped
class Scheme {

    private static final String COOKIE = "trailwarden-scheme";

    /// Adds the colours of the page up, so that the switch also works where nothing was chosen yet. The cookie says `dark`
    /// or `light`; whoever forges it forges just that.
    private static final String TURN = """
            const dark = getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g)
                .slice(0, 3).reduce((sum, part) => sum + Number(part), 0) < 384;
            document.cookie = $0 + '=' + (dark ? 'light' : 'dark') + '; path=/; max-age=31536000; samesite=strict';
            return dark;
            """;

    void remember(@Observes ServiceInitEvent start) {
        start.addIndexHtmlRequestListener(answer -> chosen(answer.getVaadinRequest()).ifPresent(scheme -> answer.getDocument()
                .select("html").attr("theme", scheme.getThemeValue()).attr("style", "color-scheme: " + scheme.getValue())));
        start.getSource().addUIInitListener(opened -> chosen(VaadinRequest.getCurrent())
                .ifPresent(scheme -> opened.getUI().getPage().setColorScheme(scheme)));
    }

    static Optional<ColorScheme.Value> chosen(VaadinRequest request) {
        Cookie[] cookies = request == null ? null : request.getCookies();
        return Stream.ofNullable(cookies).flatMap(Arrays::stream).filter(cookie -> cookie.getName().equals(COOKIE)).findFirst()
                .flatMap(cookie -> switch (cookie.getValue()) {
                    case "dark" -> Optional.of(ColorScheme.Value.DARK);
                    case "light" -> Optional.of(ColorScheme.Value.LIGHT);
                    default -> Optional.empty();
                });
    }

    /// The other one, from now on.
    static void turn(Component pressed) {
        pressed.getUI().orElseThrow().getPage().executeJs(TURN, COOKIE)
                .then(Boolean.class, dark -> pressed.getUI().ifPresent(ui -> ui.getPage()
                        .setColorScheme(dark ? ColorScheme.Value.LIGHT : ColorScheme.Value.DARK)));
    }
}

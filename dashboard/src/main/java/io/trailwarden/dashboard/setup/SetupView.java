package io.trailwarden.dashboard.setup;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinServletRequest;
import io.trailwarden.dashboard.Live;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.Part;
import io.trailwarden.dashboard.Readings;
import io.trailwarden.dashboard.Sentence;
import io.trailwarden.dashboard.Titled;
import io.trailwarden.dashboard.Viewer;
import io.trailwarden.identity.Roles;
import io.trailwarden.identity.Tokens;
import io.trailwarden.identity.Tokens.Issued;
import io.trailwarden.identity.Tokens.Kind;
import io.trailwarden.identity.Tokens.Token;
import io.trailwarden.ops.SenderAddress;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/// From nothing to the first record in three steps, and the tokens that are out.
@Route("setup")
@PageTitle("Set up · Trailwarden")
@RolesAllowed({Roles.ENGINEER, Roles.ADMIN})
class SetupView extends Div implements Titled {

    private final Moments moments;
    private final Sentence sentence = new Sentence();
    private final SettingsPart settings;
    private final FirstRecordPart first;
    private final Part<List<Token>> tokens;

    @Inject
    SetupView(Tokens tokens, Readings readings, Live live, SenderAddress address, InstantSource clock) {
        moments = Viewer.moments(clock);
        settings = new SettingsPart(guess(address));
        first = new FirstRecordPart(live, moments);
        this.tokens = new Part<>("Tokens", 4, readings, tokens::list, all -> {
            summarise(all);
            return new TokensPart(tokens, moments, this::renew).show(all);
        });
        this.tokens.addClassName("token-list");
        addClassNames("page", "setup");
        sentence.say("Set up");
        var lead = new Div(sentence);
        lead.addClassName("lead");
        var left = new Div(new MakeToken(tokens, clock, this::made), first, this.tokens);
        left.addClassName("steps");
        var columns = new Div(left, settings);
        columns.addClassName("setup-columns");
        add(lead, columns);
    }

    private static URI guess(SenderAddress address) {
        var host = VaadinRequest.getCurrent() instanceof VaadinServletRequest request ? request.getServerName() : "localhost";
        return address.otlpHttp(host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]");
    }

    private void made(Issued issued) {
        if (issued.token().kind() == Kind.INGEST) {
            settings.use(issued.text());
            first.await(issued.token().name());
        }
        renew();
    }

    private void renew() {
        tokens.refresh();
    }

    private void summarise(List<Token> all) {
        var now = moments.clock().instant();
        var senders = all.stream().filter(token -> token.kind() == Kind.INGEST && token.revokedAt() == null
                && (token.expiresAt() == null || token.expiresAt().isAfter(now))).toList();
        var silent = senders.stream().filter(token -> token.lastUsedAt() == null).count();
        sentence.removeAll();
        if (senders.isEmpty()) {
            sentence.stress("Nobody can send").say(": there is no token in force");
        } else {
            sentence.say(Sentence.counted(senders.size(), "token") + (senders.size() == 1 ? " lets" : " let") + " machines send, ")
                    .say(silent == 0 ? "all of them used" : silent == senders.size() ? "none used so far" : silent + " never used");
        }
    }

    @Override
    public Component[] crumbs() {
        return new Component[] {Titled.here("Set up")};
    }
}

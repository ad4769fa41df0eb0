package io.trailwarden.dashboard;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/// A real Chromium without a window, with a profile of its own, that notes whatever a page should not do.
public final class Chromium implements AutoCloseable {

    private static final List<String> ARGUMENTS = List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync");

    private final String home;
    private final Playwright playwright;
    private final Browser browser;
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    /// Starts one.
    ///
    /// @param home the only address that pages may speak to, such as `http://127.0.0.1:8080`
    public Chromium(String home) {
        this.home = home;
        var found = program();
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(found).setArgs(ARGUMENTS).setTimeout(180_000));
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
    }

    private static Path program() {
        var named = System.getenv("CHROME");
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome").map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new AssertionError("no Chromium in CHROME or on PATH; install it with: apt-get install -y chromium"));
    }

    /// An empty page in a context of its own: no cookie, no cache.
    public Page page() {
        var page = browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 900)).newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add("console " + message.type() + ": " + message.text());
            }
        });
        page.onPageError(error -> complaints.add("script error: " + error));
        page.onDialog(dialog -> {
            complaints.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> foreign(request.url()));
        page.onWebSocket(socket -> foreign(socket.url().replaceFirst("^ws", "http")));
        page.setDefaultTimeout(60_000);
        return page;
    }

    /// A page on which `user` has just signed in.
    public Page signedIn(String user, String password) {
        var page = page();
        page.navigate(home + "/login.html");
        page.locator("input[name=j_username]").fill(user);
        page.locator("input[name=j_password]").fill(password);
        page.locator("button[type=submit]").click();
        page.locator("vaadin-app-layout").waitFor();
        return page;
    }

    /// Nothing comes or goes any more: half transparent, words have less contrast than they will. What moves for ever does not count.
    private static final String STILL = """
            () => { const moving = (root) => root.getAnimations().some(one => one.playState === 'running' && isFinite(one.effect.getComputedTiming().endTime))
                || [...root.querySelectorAll('*')].some(each => each.shadowRoot && moving(each.shadowRoot));
              return !moving(document); }
            """;

    /// What axe finds wrong with the page once it stands still, of serious and critical impact: rule, and where.
    public static List<String> barriers(Page page) {
        page.waitForFunction(STILL);
        return new AxeBuilder(page).analyze().getViolations().stream()
                .filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                .flatMap(rule -> rule.getNodes().stream()
                        .map(node -> page.url() + " " + rule.getId() + ": " + rule.getHelp() + ": " + node.getTarget() + " " + node.getHtml()))
                .toList();
    }

    private void foreign(String url) {
        if (!url.startsWith(home + "/") && !url.startsWith("data:") && !url.startsWith("blob:")) {
            complaints.add("request to another host: " + url);
        }
    }

    /// What pages did that they should not: errors, warnings, dialogs, requests to other hosts.
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}

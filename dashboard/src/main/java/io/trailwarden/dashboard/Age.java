package io.trailwarden.dashboard;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HtmlComponent;
import java.time.Instant;

/// How long ago something was. The words go on counting in the browser, without asking the server; the time itself is
/// shown on hover.
///
/// One clock per open page counts all of them, those in the rows of lists too: whatever is a `time` element that says
/// `data-age`. It goes by our time, not by that of the viewer's machine, which may be wrong.
public final class Age extends HtmlComponent {

    /// The `data-age` of words that say "ago".
    public static final String AGO = "ago";

    /// The `data-age` of words that do not.
    public static final String SPAN = "span";

    /// The same words as [Moments#ago] and [Moments#age]. Only the characters of a text node are changed: the node is the
    /// server's, which may write into it again.
    private static final String COUNT = """
            const frame = this, ahead = $0 - Date.now();
            if (frame.ages) {
              return;
            }
            const span = (seconds) => seconds < 60 ? seconds + ' s'
                : seconds < 3600 ? Math.floor(seconds / 60) + ' min'
                : seconds < 86400 ? Math.floor(seconds / 3600) + ' h'
                    + (Math.floor(seconds / 60) % 60 ? ' ' + String(Math.floor(seconds / 60) % 60).padStart(2, '0') : '')
                : Math.floor(seconds / 86400) + ' d';
            const words = (millis, ago) => {
              if (ago && millis < -1000) {
                return 'in ' + span(Math.floor(-millis / 1000));
              }
              return millis < 1000 ? (ago ? 'just now' : 'now') : span(Math.floor(millis / 1000)) + (ago ? ' ago' : '');
            };
            const count = () => {
              if (!frame.isConnected) {
                clearInterval(frame.ages);
                document.removeEventListener('visibilitychange', count);
                frame.ages = 0;
                return;
              }
              if (document.hidden) {
                return;
              }
              const now = Date.now() + ahead;
              for (const each of document.querySelectorAll('time[data-age]')) {
                const then = Date.parse(each.dateTime);
                const text = [...each.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
                if (text && !Number.isNaN(then)) {
                  const said = words(now - then, each.dataset.age === 'ago');
                  if (text.data !== said) {
                    text.data = said;
                  }
                }
              }
            };
            frame.ages = setInterval(count, 5000);
            document.addEventListener('visibilitychange', count);""";

    private Age(Instant then, String kind, String words) {
        super("time");
        getElement().setAttribute("datetime", then.toString());
        getElement().setAttribute("data-age", kind);
        getElement().setText(words);
        setTitle(Moments.utc(then));
    }

    /// `3 min ago`, and so on.
    public static Age ago(Moments moments, Instant then) {
        return new Age(then, AGO, moments.ago(then));
    }

    /// `3 min`, and so on: under a head or after words that say what it is.
    public static Age of(Moments moments, Instant then) {
        return new Age(then, SPAN, moments.age(then));
    }

    /// Lets ages count as long as `frame` is shown.
    ///
    /// @param now our time
    static void count(Component frame, Instant now) {
        frame.getElement().executeJs(COUNT, (double) now.toEpochMilli());
    }
}

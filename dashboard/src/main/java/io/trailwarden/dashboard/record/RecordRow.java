package io.trailwarden.dashboard.record;

import com.vaadin.flow.data.renderer.LitRenderer;
import io.trailwarden.dashboard.InertText;
import io.trailwarden.dashboard.ModeSwatch;
import io.trailwarden.dashboard.Moments;
import io.trailwarden.dashboard.record.Telling.Weight;
import io.trailwarden.store.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One record as one dense line of a list.
///
/// @param waited how long a person took to answer; null when no span tells
public record RecordRow(StoredEvent record, Telling telling, @Nullable Duration waited) {

    /// A line shows this much of a client's text. The rest is in the record's details, whole.
    private static final int SHOWN = 240;

    /// Text goes into the page as text nodes of a template, never as markup.
    private static final String TEMPLATE = """
            <div class="trail-row ${item.weight}">\
            <span class="t" title="${item.utc}">${item.time}</span>\
            <span class="sw ${item.swatch}" role="img" title="${item.mode}" aria-label="${item.mode}"></span>\
            <span class="what">${item.theirs ? html`<span class="c">${item.what.map((p) => \
            p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</span>` : item.word}</span>\
            <span class="said">${item.masked ? html`<span class="mask w${item.width}" aria-hidden="true"></span>\
            <span class="s">${item.masked}</span> ` : ''}${item.said.length ? html`<span class="c">${item.said.map((p) => \
            p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</span>` : ''}\
            ${item.more ? html`<span class="tw-more">${item.more}</span>` : ''}</span>\
            <span class="by">${item.outcome}${item.wire.length ? html` <span class="c wire">${item.wire.map((p) => \
            p.named ? html`<span class="cc" title="${p.named}">${p.text}</span>` : p.text)}</span>` : ''}\
            ${item.wait ? html`<span class="wait">${item.wait}</span>` : ''}</span></div>""";

    /// The line's cells, named.
    public static final List<String> HEADS = List.of("time", "", "what", "command, file, address", "what became of it");

    /// Draws lines with `time` as the row's first cell.
    public static LitRenderer<RecordRow> renderer(Function<StoredEvent, String> time) {
        return LitRenderer.<RecordRow>of(TEMPLATE)
                .withProperty("time", row -> time.apply(row.record()))
                .withProperty("utc", row -> Moments.utc(row.record().event().time()))
                .withProperty("swatch", row -> ModeSwatch.swatch(row.record().mode()))
                .withProperty("mode", row -> ModeSwatch.title(row.record().mode()))
                .withProperty("weight", row -> weight(row.telling().weight()))
                .withProperty("theirs", row -> row.telling().theirs())
                .withProperty("word", row -> row.telling().theirs() ? "" : row.telling().what())
                .withProperty("what", row -> row.telling().theirs() ? pieces(row.telling().what()) : List.of())
                .withProperty("said", row -> pieces(row.telling().text()))
                .withProperty("more", row -> more(row.telling().text()))
                .withProperty("masked", row -> masked(row.telling().masked()))
                .withProperty("width", row -> width(row.telling().masked()))
                .withProperty("outcome", row -> row.telling().outcome())
                .withProperty("wire", row -> pieces(row.telling().wire()))
                .withProperty("wait", row -> row.waited() == null ? "" : "after " + Moments.span(row.waited()));
    }

    private static List<InertText.Piece> pieces(@Nullable String text) {
        return text == null ? List.of() : InertText.line(text, SHOWN);
    }

    private static String more(@Nullable String text) {
        int beyond = text == null ? 0 : InertText.beyond(text, SHOWN);
        return beyond == 0 ? "" : "… " + String.format(Locale.ROOT, "%,d", beyond) + " more";
    }

    private static String masked(@Nullable Long length) {
        return length == null ? "" : String.format(Locale.ROOT, "%,d", length) + (length == 1 ? " character" : " characters")
                + ", masked";
    }

    /// A mask is as wide as what it hides is long, in four steps.
    private static int width(@Nullable Long length) {
        return length == null || length < 20 ? 0 : length < 80 ? 1 : length < 300 ? 2 : 3;
    }

    static String weight(Weight weight) {
        return weight.name().toLowerCase(Locale.ROOT);
    }
}

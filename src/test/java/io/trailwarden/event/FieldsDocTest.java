package io.trailwarden.event;

import io.trailwarden.DocumentCheck;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class FieldsDocTest {

    @Test
    void theListOfFieldsIsTheCatalogue() {
        var page = new StringBuilder("""
                # Fields

                What a rule may name. *Ours* are worked out by Trailwarden; the others are as the client sends them, its spelling of
                numbers and truth values coerced. A field with *needs* is absent unless that is set on the client: rules that use it are
                blind without it, and say for how many people.

                | field | type | whose | needs | since | meaning |
                |---|---|---|---|---|---|
                """);
        for (var field : FieldCatalogue.all()) {
            page.append("| `%s` | %s | %s | %s | %s | %s |\n".formatted(field.name(), type(field), field.ours() ? "ours" : "client",
                    field.needs().isEmpty() ? "" : "`" + field.needs() + "`", field.since(), field.meaning().replace("|", "\\|")));
        }

        DocumentCheck.assertDocument("docs/fields.md", page.toString());
    }

    private static String type(Field field) {
        return field.type().name().toLowerCase(Locale.ROOT) + (field.many() ? ", several" : "");
    }
}

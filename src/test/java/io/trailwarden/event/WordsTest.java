package io.trailwarden.event;

import static io.trailwarden.event.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    private static final String PLANTED = "fire bob on monday";

    @ParameterizedTest
    @CsvSource({"user_prompt,prompt", "user_prompt,prompt_text", "interaction,user_prompt", "assistant_response,response",
            "api_request_body,body", "api_response_body,body", "llm_request,response.model_output", "llm_request,new_context",
            "system_prompt,system_prompt", "tool,content", "tool,output", "tool,diff", "chat,gen_ai.prompt", "chat,gen_ai.output.messages"})
    void whatPeopleAndModelsWroteIsMaskedWithItsLength(String name, String attribute) {
        var masked = Words.masked(event(name, 0).with(attribute, PLANTED).with("prompt.id", "p1").build());

        assertThat(masked.text(attribute)).isEqualTo("[masked:18]");
        assertThat(masked.text("prompt.id")).isEqualTo("p1");
    }

    @Test
    void noPlaceOfARecordLetsThemThrough() {
        var nested = new Value.Array(List.of(new Value.KeyValues(Attributes.of(Map.of("gen_ai.prompt", Value.of(PLANTED))))));
        var words = Attributes.of(Map.of("prompt", Value.of(PLANTED), "events", nested));
        var origin = new Origin("test", "ana", "s1", words, "", "", words);
        var seen = new Observation(Signal.LOG, "user_prompt", Events.NOON, origin, words, words,
                Attributes.builder().putAll(words).put("body", PLANTED).build());
        var event = AuditEvent.of(seen, Events.NOON);

        var masked = Words.masked(event);

        assertThat(Json.write(masked.seen().attributes()) + Json.write(masked.seen().derived()) + Json.write(masked.seen().envelope())
                + Json.write(masked.seen().origin().common()) + Json.write(masked.seen().origin().resource())).doesNotContain("bob");
        assertThat(masked.id()).isEqualTo(event.id());
        assertThat(Words.in(masked)).isEmpty();
        assertThat(Words.in(event)).extracting(Words.Spot::attribute).contains("prompt", "events", Words.LOG_BODY);
    }

    @Test
    void actsAreEvidenceAndStay() {
        var act = event("tool_result", 0).with("tool_parameters", "{\"bash_command\":\"ls\"}").with("error", "no such file")
                .derived("command.text", Value.of("ls")).build();

        assertThat(Words.masked(act)).isSameAs(act);
        assertThat(Words.in(act)).isEmpty();
    }

    @Test
    void anAnswerToASurveyIsAChoiceFromAList() {
        assertThat(Words.in(event("feedback_survey", 0).with("response", "good").build())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<REDACTED>", "[masked:148]"})
    void whatIsNotThereCannotBeRead(String text) {
        var event = event("user_prompt", 0).with("prompt", text).build();

        assertThat(Words.masked(event)).isSameAs(event);
        assertThat(Words.in(event)).isEmpty();
        assertThat(Words.of(event, "prompt")).isNull();
    }

    @Test
    void wordsAreFoundWhereTheyAreAndNothingElseIsHandedOut() {
        var event = event("user_prompt", 0).with("prompt", PLANTED).with("error", "secret").build();

        assertThat(Words.in(event)).containsExactly(new Words.Spot("prompt", Words.Kind.PROMPT, 18));
        assertThat(Words.of(event, "prompt")).isEqualTo(PLANTED);
        assertThat(Words.of(event, "error")).isNull();
        assertThat(Words.of(event, "session.id")).isNull();
    }

    @Test
    void aMaskTellsHowLongTheWordsWere() {
        assertThat(Words.length("[masked:148]")).isEqualTo(148);
        assertThat(Words.length("four")).isEqualTo(4);
        assertThat(Words.length("<REDACTED>")).isNull();
        assertThat(Words.length("[masked:]")).isEqualTo(9);
    }
}

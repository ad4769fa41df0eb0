package io.trailwarden.otlp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.trailwarden.dialect.OtlpRecord;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Both encodings, on what a sender may and may not write. Random requests are in [DecoderProperties].
class OtlpDecoderTest {

    private static final Path CORPUS = Path.of("src/test/resources/corpus/claude_code");

    private final Decoder decoder = new Decoder(new DecodeLimits(1000, 20_000));

    @Test
    @DisplayName("C4, C10: empty requests and empty envelopes hold nothing and are fine")
    void emptyRequestsAreFine() {
        var envelopes = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.getDefaultInstance())).build();

        assertThat(read(Encoding.PROTOBUF, new byte[0]).records()).isZero();
        assertThat(read(Encoding.PROTOBUF, envelopes.toByteArray()).records()).isZero();
        assertThat(json("{}").records()).isZero();
        assertThat(json("{\"resourceLogs\":[]}").records()).isZero();
        assertThat(json("{\"resourceLogs\":[{\"scopeLogs\":[{}, null]}, null], \"x\": null}").records()).isZero();
    }

    @Test
    @DisplayName("C9: fields that nobody knows are passed over at each level")
    void unknownFieldsArePassedOver() {
        var stranger = UnknownFieldSet.newBuilder().addField(777, UnknownFieldSet.Field.newBuilder()
                .addVarint(1).addFixed32(2).addFixed64(3).addLengthDelimited(ByteString.copyFromUtf8("x"))
                .addGroup(UnknownFieldSet.newBuilder().addField(1, UnknownFieldSet.Field.newBuilder().addVarint(9).build()).build())
                .build()).build();
        var request = ExportLogsServiceRequest.newBuilder().setUnknownFields(stranger).addResourceLogs(ResourceLogs.newBuilder()
                .setUnknownFields(stranger).addScopeLogs(ScopeLogs.newBuilder().setUnknownFields(stranger)
                        .addLogRecords(record("kept").toBuilder().setUnknownFields(stranger)))).build();

        assertThat(log(read(Encoding.PROTOBUF, request.toByteArray())).body()).isEqualTo(Value.of("kept"));
        assertThat(log(json("""
                {"new":1,"resourceLogs":[{"new":[[]],"resource":{"new":{}},"scopeLogs":[{"new":{"a":[1]},"scope":{"new":2},
                "logRecords":[{"new":{"attributes":4},"body":{"stringValue":"kept","newValue":{}},
                "attributes":[{"key":"k","new":1,"value":{"intValue":1}}]}]}]}]}""")).body()).isEqualTo(Value.of("kept"));
    }

    @Test
    @DisplayName("C11: every kind of value, in both encodings")
    void everyKindOfValueIsKept() {
        var kinds = "[{'key':'s','value':{'stringValue':'x'}},{'key':'t','value':{'boolValue':true}},"
                + "{'key':'f','value':{'boolValue':false}},{'key':'n','value':{'intValue':5}},{'key':'m','value':{'intValue':'-6'}},"
                + "{'key':'d','value':{'doubleValue':1.5}},{'key':'b','value':{'bytesValue':'-_8='}},"
                + "{'key':'a','value':{'arrayValue':{'values':[{'intValue':1},{'stringValue':'two'},{}]}}},"
                + "{'key':'k','value':{'kvlistValue':{'values':[{'key':'in','value':{'boolValue':true}}]}}},"
                + "{'key':'e','value':{}},{'key':'z'},{'key':'u','value':null}]";

        assertThat(jsonLog("'attributes':" + kinds).attributes()).isEqualTo(Attributes.builder()
                .put("s", "x").put("t", Value.of(true)).put("f", Value.of(false)).put("n", 5).put("m", -6)
                .put("d", Value.of(1.5)).put("b", new Value.Binary("fbff"))
                .put("a", new Value.Array(List.of(Value.of(1), Value.of("two"), Value.EMPTY)))
                .put("k", new Value.KeyValues(Attributes.builder().put("in", Value.of(true)).build()))
                .put("e", Value.EMPTY).put("z", Value.EMPTY).put("u", Value.EMPTY).build());
    }

    @Test
    @DisplayName("C12: an index into the profiles' table of texts is as good as absent")
    void textIndexesAreAbsent() {
        var record = LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValueStrindex(3))
                .addAttributes(KeyValue.newBuilder().setKeyStrindex(4).setKey("k").setValue(AnyValue.newBuilder().setIntValue(1)));

        var log = log(read(Encoding.PROTOBUF, request(record.build()).toByteArray()));

        assertThat(log.body()).isEqualTo(Value.EMPTY);
        assertThat(log.attributes().number("k")).isEqualTo(1);
        assertThat(jsonLog("'body':{'stringValueStrindex':3}").body()).isEqualTo(Value.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({"0102030405060708090a0b0c0d0e0f10,0102030405060708090a0b0c0d0e0f10", "0102030405060708090A0B0C0D0E0F10,0102030405060708090a0b0c0d0e0f10",
            "00000000000000000000000000000000,''", "0102,''", "'',''", "0102030405060708090a0b0c0d0e0fzz,''"})
    @DisplayName("C13: trace ids in either case; wrong or zero ones mean not correlated, and the record stays")
    void idsAreHexadecimalOrNotCorrelated(String sent, String kept) {
        assertThat(jsonLog("'traceId':'" + sent + "'").traceId()).isEqualTo(kept);
        if (!sent.contains("z")) {
            var record = LogRecord.newBuilder().setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(sent))).build();
            assertThat(log(read(Encoding.PROTOBUF, request(record).toByteArray())).traceId()).isEqualTo(kept);
        }
    }

    @Test
    @DisplayName("C15: of a key sent twice the last value counts")
    void theLastOfTwoEqualKeysCounts() {
        var twice = "'attributes':[{'key':'k','value':{'intValue':1}},{'key':'k','value':{'intValue':2}}]";

        assertThat(jsonLog(twice).attributes().number("k")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"9007199254740993", "'\"9007199254740993\"'", "9223372036854775807", "-9223372036854775808", "5.0", "1e3", "'\"7\"'"})
    void wholeNumbersKeepAll64Bits(String spelled) {
        var kept = jsonLog("'attributes':[{'key':'n','value':{'intValue':" + spelled + "}}]").attributes().get("n");

        assertThat(kept).isEqualTo(Value.of(new java.math.BigDecimal(spelled.replace("\"", "")).longValueExact()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "12abc", "1e999999999", "1.5"})
    void whatIsNoWholeNumberIsKeptAsItIsSpelled(String spelled) {
        assertThat(jsonLog("'attributes':[{'key':'n','value':{'intValue':'" + spelled + "'}}]").attributes().get("n"))
                .isEqualTo(Value.of(spelled));
    }

    @ParameterizedTest
    @CsvSource({"'\"NaN\"',NaN", "NaN,NaN", "'\"-Infinity\"',-Infinity", "1e400,Infinity", "'\"1.5\"',1.5", "3,3.0", "-0.0,-0.0"})
    void realNumbersMayBeInfiniteOrNone(String spelled, double kept) {
        assertThat(jsonLog("'body':{'doubleValue':" + spelled + "}").body()).isEqualTo(Value.of(kept));
    }

    @Test
    void timesAreUnsignedAndExact() {
        assertThat(jsonLog("'timeUnixNano':'18446744073709551615','observedTimeUnixNano':1795219515619000001"))
                .returns(-1L, OtlpRecord.Log::time).returns(1795219515619000001L, OtlpRecord.Log::observed);
    }

    @Test
    void enumNamesAreTakenAndCounted() {
        var read = json(logJson("'severityNumber':'SEVERITY_NUMBER_WARN2'"));

        assertThat(log(read).severity()).isEqualTo(14);
        assertThat(read.enumNames()).isEqualTo(1);
        assertThat(jsonLog("'severityNumber':9").severity()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"resource_logs\":[]}", "{\"resourceLogs\":[{\"scope_logs\":[]}]}",
            "{\"resourceLogs\":[{\"scopeLogs\":[{\"log_records\":[]}]}]}"})
    void snakeCaseNamesAreRefusedBecauseTheyWouldVanish(String body) {
        assertThat(malformed(body)).contains("is not an OTLP/JSON name; use lowerCamelCase");
    }

    @Test
    void recordsOfAnotherSignalAreSentToTheirPath() {
        assertThat(malformed("{\"resourceSpans\":[]}")).isEqualTo("'resourceSpans' does not belong here; send it to /v1/traces");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "5", "{", "{} {}", "{\"resourceLogs\":{}}", "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{]}]}]}",
            "nonsense", "{\"resourceLogs\":[5]}"})
    void whatIsNotOtlpIsMalformed(String body) {
        assertThat(malformed(body)).isNotEmpty();
    }

    @Test
    void theReasonQuotesNoContent() {
        assertThat(malformed("{\"resourceLogs\": hunter2secret")).doesNotContain("hunter2").contains("line 1");
        assertThat(malformed(logJson("'attributes':'hunter2secret'"))).doesNotContain("hunter2");
    }

    @Test
    void oneBadRecordLeavesItsNeighboursAlone() {
        var body = "{'resourceLogs':[{'scopeLogs':[{'logRecords':[{'body':{'stringValue':'first'}},{'timeUnixNano':{'deep':[1]},'body':{}},"
                + "7,{'attributes':[{'key':'k','value':[]}],'x':[[{}]]},{'body':{'stringValue':'last'}}]}]}]}";

        var read = json(body.replace('\'', '"'));

        assertThat(read.batches().getFirst().records()).extracting(record -> ((OtlpRecord.Log) record).body().asText())
                .containsExactly("first", "last");
        assertThat(read.flaws()).hasSize(3).first().satisfies(flaw -> {
            assertThat(flaw.detail()).isEqualTo("'timeUnixNano' must be a text, at byte " + body.indexOf("{'deep'"));
            assertThat(body.substring(flaw.from(), flaw.to())).isEqualTo("{'timeUnixNano':{'deep':[1]},'body':{}}");
        });
    }

    @Test
    void oneBadRecordInProtobufLeavesItsNeighboursAlone() throws IOException {
        byte[] bad = HexFormat.of().parseHex("32ff");
        var scope = new ByteArrayOutputStream();
        for (byte[] record : List.of(record("first").toByteArray(), bad, record("last").toByteArray())) {
            scope.write(LogRequests.field(2, record));
        }

        var read = read(Encoding.PROTOBUF, LogRequests.field(1, LogRequests.field(2, scope.toByteArray())));

        assertThat(read.batches().getFirst().records()).extracting(record -> ((OtlpRecord.Log) record).body().asText())
                .containsExactly("first", "last");
        assertThat(read.flaws()).singleElement().satisfies(flaw -> assertThat(flaw.to() - flaw.from()).isEqualTo(2));
    }

    @Test
    void poisonTextIsKept() {
        var body = LogRequests.field(5, LogRequests.field(1, new byte[] {'a', 0, (byte) 0xc3, (byte) 0x28, (byte) 0xff}));

        assertThat(log(read(Encoding.PROTOBUF, LogRequests.field(1, LogRequests.field(2, LogRequests.field(2, body))))).body()).isEqualTo(Value.of("a\u0000\uFFFD(\uFFFD"));
        assertThat(jsonLog("'body':{'stringValue':'a\\u0000\\ud83d'}").body()).isEqualTo(Value.of("a\u0000\ud83d"));
    }

    @Test
    void jsonThatIsNotUtf8IsReadWithReplacementCharacters() {
        byte[] latin = logJson("'body':{'stringValue':'caf\u00e9'}").getBytes(ISO_8859_1);

        assertThat(log(read(Encoding.JSON, latin)).body()).isEqualTo(Value.of("caf\uFFFD"));
    }

    @Test
    void valuesDeeperThanSixteenAreKeptAsText() throws InvalidProtocolBufferException {
        for (var encoding : Encoding.values()) {
            var shallow = nested(16);
            var deep = nested(17);

            assertThat(innermost(bodyOf(encoding, shallow))).isEqualTo(Value.of("core"));
            assertThat(innermost(bodyOf(encoding, deep))).isEqualTo(Value.of("[\"core\"]"));
        }
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void absurdNestingCostsTheRecordOnly(Encoding encoding) {
        var request = request(LogRecord.newBuilder().setBody(nested(90)).build(), record("neighbour"));

        var read = read(encoding, encode(encoding, request));

        assertThat(read.records()).isEqualTo(1);
        assertThat(read.flaws()).singleElement()
                .satisfies(flaw -> assertThat(flaw.detail()).isEqualTo("value nested more than 64 deep"));
    }

    @Test
    void bottomlessNestingIsAnOutcomeToo() {
        assertThat(malformed("{\"resourceLogs\":" + "[".repeat(100_000))).isNotEmpty();
        assertThat(malformed("{\"x\":" + "[".repeat(100_000))).isNotEmpty();
        byte[] groups = new byte[1_000_000];
        java.util.Arrays.fill(groups, (byte) 0x0b);
        assertThat(decoder.decode(Encoding.PROTOBUF, Signal.LOG, groups)).isInstanceOf(Decoded.Malformed.class);
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void aSmallBodyCannotUnfoldToAnyNumberOfRecordsOrValues(Encoding encoding) {
        var records = ExportLogsServiceRequest.newBuilder().addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(ScopeLogs.newBuilder()
                .addAllLogRecords(java.util.Collections.nCopies(1001, LogRecord.getDefaultInstance())))).build();
        var values = request(LogRecord.newBuilder().setBody(AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder()
                .addAllValues(java.util.Collections.nCopies(20_001, AnyValue.getDefaultInstance())))).build());

        assertThat(decoder.decode(encoding, Signal.LOG, encode(encoding, records)))
                .isEqualTo(new Decoded.TooLarge("request holds more than 1000 records"));
        assertThat(decoder.decode(encoding, Signal.LOG, encode(encoding, values)))
                .isEqualTo(new Decoded.TooLarge("request holds more than 20000 values"));
    }

    @ParameterizedTest
    @MethodSource("captures")
    @DisplayName("what the real client sent reads as the generated classes read it, in both encodings")
    void capturesAreReadWhole(Path capture) throws IOException {
        var signal = signal(capture);
        byte[] body = Files.readAllBytes(capture);
        boolean protobuf = capture.toString().endsWith(".pb");

        var read = (Decoded.Read) decoder.decode(protobuf ? Encoding.PROTOBUF : Encoding.JSON, signal, body);

        assertThat(read.flaws()).isEmpty();
        assertThat(read.records()).isPositive();
        if (protobuf) {
            var request = RandomOtlp.builder(signal).mergeFrom(body).build();
            assertThat(read.batches()).isEqualTo(Oracle.read(request));
            assertThat(((Decoded.Read) decoder.decode(Encoding.JSON, signal, new OtlpJson(1).write(request))).batches())
                    .isEqualTo(read.batches());
        }
    }

    static List<Path> captures() throws IOException {
        try (var files = Files.walk(CORPUS)) {
            return files.filter(file -> file.toString().matches(".*-(logs|metrics|traces)\\.(json|pb)")).sorted().toList();
        }
    }

    private static Signal signal(Path capture) {
        var name = capture.getFileName().toString();
        return name.contains("-logs") ? Signal.LOG : name.contains("-metrics") ? Signal.METRIC : Signal.SPAN;
    }

    private static AnyValue nested(int levels) {
        var value = AnyValue.newBuilder().setStringValue("core").build();
        for (int i = 0; i < levels; i++) {
            value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
        }
        return value;
    }

    private Value bodyOf(Encoding encoding, AnyValue body) {
        return log(read(encoding, encode(encoding, request(LogRecord.newBuilder().setBody(body).build())))).body();
    }

    private static Value innermost(Value value) {
        return value instanceof Value.Array(var values) ? innermost(values.getFirst()) : value;
    }

    private static byte[] encode(Encoding encoding, ExportLogsServiceRequest request) {
        return encoding == Encoding.PROTOBUF ? request.toByteArray() : new OtlpJson(1).write(request);
    }

    private static LogRecord record(String body) {
        return LogRecord.newBuilder().setBody(AnyValue.newBuilder().setStringValue(body)).build();
    }

    private static ExportLogsServiceRequest request(LogRecord... records) {
        return ExportLogsServiceRequest.newBuilder().addResourceLogs(ResourceLogs.newBuilder()
                .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(List.of(records)))).build();
    }

    private static String logJson(String fields) {
        return ("{'resourceLogs':[{'scopeLogs':[{'logRecords':[{" + fields + "}]}]}]}").replace('\'', '"');
    }

    private OtlpRecord.Log jsonLog(String fields) {
        return log(json(logJson(fields)));
    }

    private Decoded.Read json(String body) {
        return read(Encoding.JSON, body.getBytes(UTF_8));
    }

    private Decoded.Read read(Encoding encoding, byte[] body) {
        var decoded = decoder.decode(encoding, Signal.LOG, body);
        assertThat(decoded).isInstanceOf(Decoded.Read.class);
        return (Decoded.Read) decoded;
    }

    private String malformed(String body) {
        var decoded = decoder.decode(Encoding.JSON, Signal.LOG, body.getBytes(UTF_8));
        assertThat(decoded).isInstanceOf(Decoded.Malformed.class);
        return ((Decoded.Malformed) decoded).detail();
    }

    private static OtlpRecord.Log log(Decoded.Read read) {
        return (OtlpRecord.Log) read.batches().getFirst().records().getFirst();
    }
}

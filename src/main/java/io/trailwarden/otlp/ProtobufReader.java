package io.trailwarden.otlp;

import io.trailwarden.dialect.Envelope;
import io.trailwarden.event.Attributes;
import io.trailwarden.event.Signal;
import io.trailwarden.event.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;

/// Walks one protobuf request straight from its bytes to records, without the generated classes, which would build
/// every message twice.
///
/// The three signals share the frame that is read here (resource, scope, records); what is inside a record is read by
/// [ProtobufLogs], [ProtobufSpans] and [ProtobufMetrics]. A singular field sent twice counts the last time.
final class ProtobufReader {

    private final Wire wire;
    private final Harvest harvest;
    private final WireCaches caches;
    private final Records records;

    /// Reads the records of one signal, from the cursor to `end`.
    interface Records {
        void read(int end);
    }

    ProtobufReader(Signal signal, byte[] body, Harvest harvest, WireCaches caches) {
        this.wire = new Wire(body);
        this.harvest = harvest;
        this.caches = caches;
        this.records = switch (signal) {
            case LOG -> new ProtobufLogs(wire, this, harvest);
            case SPAN -> new ProtobufSpans(wire, this, harvest);
            case METRIC -> new ProtobufMetrics(wire, this, harvest);
        };
    }

    Decoded read() {
        try {
            int end = wire.bytes.length;
            while (wire.at < end) {
                int tag = wire.tag(end);
                if (tag == 10) {
                    resourceBlock(wire.block(end));
                } else {
                    wire.skip(tag, end);
                }
            }
            return harvest.outcome();
        } catch (Undecodable stopped) {
            return stopped.asOutcome();
        }
    }

    /// `ResourceLogs` and its likes. Fields may come in any order, so the resource is looked for first.
    private void resourceBlock(int end) {
        int from = wire.at;
        var resource = Attributes.NONE;
        var schema = "";
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 10 -> resource = resource(wire.block(end));
                case 26 -> schema = wire.text(end);
                default -> wire.skip(tag, end);
            }
        }
        wire.at = from;
        while (wire.at < end) {
            int tag = wire.tag(end);
            if (tag == 18) {
                scopeBlock(wire.block(end), resource, schema);
            } else {
                wire.skip(tag, end);
            }
        }
    }

    private Attributes resource(int end) {
        int from = wire.at;
        var known = caches.resources.get(wire.bytes, from, end);
        if (known != null) {
            wire.at = end;
            return known;
        }
        var attributes = Attributes.builder();
        while (wire.at < end) {
            int tag = wire.tag(end);
            if (tag == 10) {
                attribute(wire.block(end), attributes);
            } else {
                wire.skip(tag, end);
            }
        }
        var read = attributes.build();
        caches.resources.put(wire.bytes, from, end, read);
        return read;
    }

    /// `ScopeLogs` and its likes.
    private void scopeBlock(int end, Attributes resource, String schema) {
        var scope = WireCaches.ScopeBlock.NONE;
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 10 -> scope = scope(wire.block(end));
                case 18 -> record(wire.block(end));
                default -> wire.skip(tag, end);
            }
        }
        var batch = harvest.cut();
        if (!batch.isEmpty()) {
            harvest.batch(new Envelope(resource, schema, scope.name(), scope.version(), scope.attributes()), batch);
        }
    }

    private WireCaches.ScopeBlock scope(int end) {
        int from = wire.at;
        var known = caches.scopes.get(wire.bytes, from, end);
        if (known != null) {
            wire.at = end;
            return known;
        }
        var name = "";
        var version = "";
        var attributes = Attributes.builder();
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 10 -> name = wire.text(end);
                case 18 -> version = wire.text(end);
                case 26 -> attribute(wire.block(end), attributes);
                default -> wire.skip(tag, end);
            }
        }
        var read = new WireCaches.ScopeBlock(name, version, attributes.build());
        caches.scopes.put(wire.bytes, from, end, read);
        return read;
    }

    /// A record's frame is sound when we come here, so its neighbours can be read whatever is inside.
    private void record(int end) {
        guarded(end, records);
    }

    /// Reads to `end` with `inner`; what cannot be read becomes a flaw.
    void guarded(int end, Records inner) {
        int from = wire.at;
        try {
            inner.read(end);
        } catch (Undecodable broken) {
            if (broken.isTooLarge()) {
                throw broken;
            }
            harvest.flaw(broken.detail(), from, end);
        }
        wire.at = end;
    }

    /// Reads a `KeyValue` into `attributes`.
    void attribute(int end, Attributes.Builder attributes) {
        keyValue(end, attributes, 1);
    }

    /// Reads a trace or span id of `wanted` bytes.
    String id(int end, int wanted) {
        int to = wire.block(end);
        var id = TraceIds.of(wire.bytes, wire.at, to, wanted);
        wire.at = to;
        return id;
    }

    /// Reads an `AnyValue` that is not inside another.
    Value value(int end) {
        return value(end, 1);
    }

    private void keyValue(int end, Attributes.Builder attributes, int depth) {
        harvest.countValue();
        var key = "";
        Value value = Value.EMPTY;
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 10 -> key = key(wire.block(end));
                case 18 -> value = value(wire.block(end), depth);
                default -> wire.skip(tag, end);
            }
        }
        attributes.put(key, value);
    }

    private String key(int end) {
        int from = wire.at;
        wire.at = end;
        var known = caches.keys.get(wire.bytes, from, end);
        if (known != null) {
            return known;
        }
        var key = new String(wire.bytes, from, end - from, StandardCharsets.UTF_8);
        caches.keys.put(wire.bytes, from, end, key);
        return key;
    }

    private Value value(int end, int depth) {
        Value value = Value.EMPTY;
        while (wire.at < end) {
            int tag = wire.tag(end);
            switch (tag) {
                case 10 -> value = new Value.Text(wire.text(end));
                case 16 -> value = new Value.Bool(wire.varint(end) != 0);
                case 24 -> value = new Value.Int(wire.varint(end));
                case 33 -> value = new Value.Real(wire.real(end));
                case 42 -> value = Nesting.kept(array(wire.block(end), Nesting.into(depth)), depth);
                case 50 -> value = Nesting.kept(keyValues(wire.block(end), Nesting.into(depth)), depth);
                case 58 -> value = binary(wire.block(end));
                case 64 -> {
                    // An index into a table that only profiles have: as good as absent.
                    wire.varint(end);
                    value = Value.EMPTY;
                }
                default -> wire.skip(tag, end);
            }
        }
        return value;
    }

    private Value array(int end, int depth) {
        var values = new ArrayList<Value>();
        while (wire.at < end) {
            int tag = wire.tag(end);
            if (tag == 10) {
                harvest.countValue();
                values.add(value(wire.block(end), depth));
            } else {
                wire.skip(tag, end);
            }
        }
        return new Value.Array(values);
    }

    private Value keyValues(int end, int depth) {
        var entries = Attributes.builder();
        while (wire.at < end) {
            int tag = wire.tag(end);
            if (tag == 10) {
                keyValue(wire.block(end), entries, depth);
            } else {
                wire.skip(tag, end);
            }
        }
        return new Value.KeyValues(entries.build());
    }

    private Value binary(int end) {
        var hex = HexFormat.of().formatHex(wire.bytes, wire.at, end);
        wire.at = end;
        return new Value.Binary(hex);
    }
}

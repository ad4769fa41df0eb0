package io.trailwarden.dialect;

import io.trailwarden.event.Attributes;
import io.trailwarden.event.Observation;
import io.trailwarden.event.Origin;

/// Keeps what a sender nobody knows has sent: named and timed by OTLP's own fields, otherwise as it is.
final class GenericDialect implements Dialect {

    private final Origins origins = new Origins();

    @Override
    public String name() {
        return "generic";
    }

    @Override
    public boolean speaks(Envelope envelope) {
        return true;
    }

    @Override
    public Observation read(Envelope envelope, OtlpRecord record, String principal) {
        var attributes = record.attributes();
        var origin = origins.shared(new Origin(principal, Identities.person(attributes, envelope.resource()),
                Identities.session(attributes, envelope.resource()), envelope.resource(), envelope.scopeName(), envelope.scopeVersion(),
                Attributes.NONE));
        return new Observation(OtlpParts.signal(record), OtlpParts.name(record, ""), OtlpParts.time(record), origin, attributes,
                OtlpParts.derived(record), OtlpParts.envelope(envelope, record, ""));
    }
}

package io.trailwarden.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trailwarden.Hostile;
import io.trailwarden.event.Attributes;
import io.trailwarden.forward.Delivery.Accepted;
import io.trailwarden.forward.Delivery.RetryLater;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What every kind of destination promises. Extend it once for each kind; a kind that posts over HTTP extends
/// [HttpForwarderContract].
abstract class ForwarderContract {

    /// Goes into settings that take a secret, and must come out nowhere.
    static final String SECRET = "correct-horse-battery-staple-0123456789";

    static final InstantSource CLOCK = InstantSource.fixed(Items.NOON);

    private final List<Forwarder> opened = new ArrayList<>();

    /// The kind under test.
    abstract Kind kind();

    /// A destination that plays by the book, listening.
    abstract Receiver receiver();

    /// What must be set to reach the receiver; secrets are [#SECRET].
    abstract Map<String, String> settings();

    /// The other side of a forwarder.
    interface Receiver extends AutoCloseable {

        /// Whole messages that it took, in order, each as text and without what separates it from its neighbours.
        List<String> taken();

        /// Stops listening, as a machine that is switched off.
        void goAway();

        /// Listens again, where it did before.
        void comeBack();

        @Override
        void close();
    }

    /// A forwarder as an operator configures it.
    final Forwarder open() {
        return open(Map.of());
    }

    /// A forwarder with some settings changed.
    final Forwarder open(Map<String, String> changed) {
        var values = new HashMap<>(settings());
        values.putAll(changed);
        var forwarder = kind().opening().open(new DestinationSettings("ours", values), CLOCK);
        opened.add(forwarder);
        return forwarder;
    }

    @AfterEach
    void close() {
        opened.forEach(Forwarder::close);
    }

    /// Sends as the loop would: in batches that fit, until all is taken.
    final void deliver(Forwarder forwarder, List<? extends Item> items) {
        var waiting = new ArrayList<>(Items.encoded(forwarder, items));
        while (!waiting.isEmpty()) {
            var batch = Batches.next(waiting, kind().limits());
            assertThat(forwarder.send(batch, 1)).isEqualTo(new Accepted());
            waiting.subList(0, batch.size()).clear();
        }
    }

    @Test
    void whatIsAcceptedArrivesOnceAndInOrder() {
        var items = new ArrayList<Item>(Items.alerts(25));
        items.add(Items.closed(7));
        items.add(Items.event(1));

        deliver(open(), items);

        awaitTaken(items.size());
        assertThat(receiver().taken()).hasSameSizeAs(items);
        for (int i = 0; i < items.size(); i++) {
            assertThat(receiver().taken().get(i)).contains(items.get(i).id().toString());
        }
    }

    @Test
    void anItemSentAgainHasTheSameIdAndBytes() {
        var forwarder = open();

        deliver(forwarder, Items.alerts(1));
        deliver(open(), Items.alerts(1));

        awaitTaken(2);
        assertThat(forwarder.encode(Items.alert(1))).isEqualTo(open().encode(Items.alert(1)));
        assertThat(receiver().taken()).hasSize(2).allSatisfy(message -> assertThat(message).contains(Items.alert(1).id().toString()));
    }

    @Test
    void aDestinationThatIsAwayIsTriedLaterAndTakesAllWhenItIsBack() {
        var forwarder = open();
        deliver(forwarder, Items.alerts(1));
        awaitTaken(1);

        receiver().goAway();
        var batch = Batches.next(Items.encoded(forwarder, Items.alerts(3)), kind().limits());
        // Where nobody acknowledges, sends into a broken connection look well until the other side's answer is here.
        var delivery = forwarder.send(batch, 1);
        for (int attempt = 2; attempt < 2000 && delivery instanceof Accepted; attempt++) {
            LockSupport.parkNanos(10_000_000);
            delivery = forwarder.send(batch, attempt);
        }
        receiver().comeBack();

        assertThat(delivery).isInstanceOf(RetryLater.class);
        deliver(forwarder, Items.alerts(3));
        for (var item : Items.alerts(3)) {
            awaitTaken(item);
        }
    }

    @Test
    void failureTextNeverHoldsASecret() {
        receiver().goAway();

        var forwarder = open();
        var delivery = forwarder.send(Batches.next(Items.encoded(forwarder, Items.alerts(1)), kind().limits()), 1);

        assertThat(delivery.toString()).doesNotContain(SECRET);
        assertThat(forwarder.toString()).doesNotContain(SECRET);
    }

    @Test
    void hostileTextArrivesAsTextAndStaysInItsMessage() {
        var forwarder = open();
        var items = new ArrayList<Item>();
        for (var hostile : Hostile.all()) {
            items.add(Items.alert(items.size() + 1, hostile.text(), hostile.text(), hostile.text()));
            items.add(Items.event(items.size() + 1, hostile.text(), Attributes.builder().put("tool_name", hostile.text()).put(hostile.text(), "x")
                    .put("full_command", hostile.text()).build()));
        }
        items.removeIf(item -> forwarder.encode(item).length > kind().limits().itemBytes());
        assertThat(items).hasSizeGreaterThan(40);

        for (var item : items) {
            assertPrintable(forwarder.encode(item));
        }
        deliver(forwarder, items);

        awaitTaken(items.size());
        assertThat(receiver().taken()).hasSameSizeAs(items);
        for (int i = 0; i < items.size(); i++) {
            assertThat(receiver().taken().get(i)).contains(items.get(i).id().toString());
        }
    }

    /// Well-formed UTF-8 without anything that ends a line, steers a terminal or turns the direction of text. A byte order
    /// mark at a place where syntax wants one is not text: override to take it off.
    void assertPrintable(byte[] encoded) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(encoded)).toString();
            assertThat(text.codePoints().filter(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 || c >= 0x202a && c <= 0x202e
                    || c >= 0x2066 && c <= 0x2069).mapToObj(Integer::toHexString).distinct()).as(text.substring(0, Math.min(200, text.length()))).isEmpty();
        } catch (CharacterCodingException broken) {
            throw new AssertionError("not UTF-8", broken);
        }
    }

    @Test
    void whatIsRequiredIsSaidWhenItIsMissing() {
        var missing = kind().options().stream().filter(Option::required).toList();

        assertThat(missing).isNotEmpty().allSatisfy(option -> {
            assertThat(settings()).as("the kit sets " + option.name()).containsKey(option.name());
            assertThat(option.meaning()).doesNotEndWith(".");
        });
    }

    @Test
    void anUnreadableSecretFileIsSaidWithoutItsContent() {
        for (var option : kind().options()) {
            if (option.takes() instanceof Option.Takes.Secret && option.required()) {
                var values = new HashMap<>(settings());
                values.remove(option.name());
                values.put(option.name() + "-file", "/nowhere/secret");

                assertThatThrownBy(() -> kind().opening().open(new DestinationSettings("ours", values), CLOCK))
                        .isInstanceOf(Kind.Misconfiguration.class)
                        .hasMessage("trailwarden.forward.ours." + option.name() + "-file must name a file that this user may read, got /nowhere/secret");
            }
        }
    }

    /// Waits until the receiver has taken `count` messages or more.
    final void awaitTaken(int count) {
        await(() -> receiver().taken().size() >= count, "taken " + receiver().taken().size() + " of " + count);
    }

    private void awaitTaken(Item item) {
        await(() -> receiver().taken().stream().anyMatch(message -> message.contains(item.id().toString())), item.id() + " is not there");
    }

    private static void await(java.util.function.BooleanSupplier condition, String otherwise) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited a minute in vain: " + otherwise);
            }
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
        }
    }
}

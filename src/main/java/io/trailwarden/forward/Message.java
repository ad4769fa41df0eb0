package io.trailwarden.forward;

import java.util.Arrays;

/// An item as one destination wants it.
final class Message {

    private final Item item;
    private final byte[] bytes;

    /// @param bytes what [Forwarder#encode] made of `item`
    public Message(Item item, byte[] bytes) {
        this.item = item;
        this.bytes = bytes.clone();
    }

    /// What it says.
    public Item item() {
        return item;
    }

    /// How it says it; the caller's own copy.
    public byte[] bytes() {
        return Arrays.copyOf(bytes, bytes.length);
    }

    /// How many bytes.
    public int size() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return item.id() + " in " + bytes.length + " bytes";
    }
}

package io.trailwarden.otlp;

/// A message as it came over gRPC, with the memory it holds.
record GrpcMessage(Unpacked content, MemoryBudget.Lease lease) {
}

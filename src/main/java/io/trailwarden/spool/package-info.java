/// The local log that an acknowledgement stands on: append, fdatasync, then answer.
///
/// Promises: what [io.trailwarden.spool.Spool#append] reports durable is read back after any crash, in order, once the
/// process is up again; nothing else is ever acknowledged. The position up to which it was loaded lives in the
/// database, in the transaction that stored the rows.
@NullMarked
package io.trailwarden.spool;

import org.jspecify.annotations.NullMarked;

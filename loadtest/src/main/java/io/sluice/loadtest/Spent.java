package io.sluice.loadtest;

import java.util.Locale;

/**
 * What a number of transfers took in all; several can be taken together.
 *
 * @param transfers that were answered with success, those of a warm-up included
 * @param serverMicros processor time of PostgreSQL, every process of it
 * @param clientMicros processor time of the process that asked it, a gateway for instance; 0 where
 *     it was not counted
 * @param walBytes of write-ahead log
 * @param pageImages whole pages in it; PostgreSQL counts them some moments later
 * @param diskBytes by which the tables of transfers and postings and their indexes grew
 */
record Spent(
    long transfers,
    long serverMicros,
    long clientMicros,
    long walBytes,
    long pageImages,
    long diskBytes) {
  /** Both. */
  Spent and(Spent other) {
    return new Spent(
        transfers + other.transfers,
        serverMicros + other.serverMicros,
        clientMicros + other.clientMicros,
        walBytes + other.walBytes,
        pageImages + other.pageImages,
        diskBytes + other.diskBytes);
  }

  /** The same beside what was counted before. */
  Spent since(Spent before) {
    return new Spent(
        transfers - before.transfers,
        serverMicros - before.serverMicros,
        clientMicros - before.clientMicros,
        walBytes - before.walBytes,
        pageImages - before.pageImages,
        diskBytes - before.diskBytes);
  }

  /** The same for so many transfers. */
  Spent on(long count) {
    return new Spent(count, serverMicros, clientMicros, walBytes, pageImages, diskBytes);
  }

  /** The same with what another process counted of itself. */
  Spent by(long micros) {
    return new Spent(transfers, serverMicros, micros, walBytes, pageImages, diskBytes);
  }

  double serverMicrosEach() {
    return each(serverMicros);
  }

  double clientMicrosEach() {
    return each(clientMicros);
  }

  double walBytesEach() {
    return each(walBytes);
  }

  double pageImagesEach() {
    return each(pageImages);
  }

  double diskBytesEach() {
    return each(diskBytes);
  }

  private double each(long all) {
    return (double) all / Math.max(1, transfers);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "a transfer: PostgreSQL %.1f µs, its client %.1f µs, %,.0f bytes of WAL with %.2f page"
            + " images, %,.0f of disk",
        serverMicrosEach(),
        clientMicrosEach(),
        walBytesEach(),
        pageImagesEach(),
        diskBytesEach());
  }
}

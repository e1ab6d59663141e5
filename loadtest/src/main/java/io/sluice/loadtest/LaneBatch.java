package io.sluice.loadtest;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * One transaction of a lane, by a gateway's flight recording.
 *
 * @param process of PostgreSQL
 * @param commands in it
 * @param locked until the first flush was answered
 * @param decided until the second one was sent
 * @param whole until that was answered
 */
record LaneBatch(
    int process, int commands, Instant start, Duration locked, Duration decided, Duration whole) {
  /** Those that lie within a time, in their order. */
  static List<LaneBatch> read(Path recording, Instant from, Instant to) throws IOException {
    var batches = new ArrayList<LaneBatch>();
    try (var file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        if (event.getEventType().getName().equals("io.sluice.Batch")
            && event.getStartTime().isAfter(from)
            && event.getEndTime().isBefore(to)) {
          batches.add(of(event));
        }
      }
    }
    batches.sort(Comparator.comparing(LaneBatch::start));
    return batches;
  }

  private static LaneBatch of(RecordedEvent event) {
    Duration locked = event.getDuration("lock");
    return new LaneBatch(
        event.getInt("process"),
        event.getInt("commands"),
        event.getStartTime(),
        locked,
        locked.plus(event.getDuration("decision")),
        event.getDuration());
  }

  Instant end() {
    return start.plus(whole);
  }
}

package io.sluice.pipeline;

import java.util.ArrayDeque;

/** Lines of commands in the order of their arrival. */
final class Arrivals {
  private Arrivals() {}

  /** Puts a command in its place, which is at the end unless it has been elsewhere meanwhile. */
  static void insert(Submission submission, ArrayDeque<Submission> line) {
    if (line.isEmpty() || line.peekLast().arrival() < submission.arrival()) {
      line.add(submission);
      return;
    }
    var later = new ArrayDeque<Submission>();
    while (!line.isEmpty() && line.peekLast().arrival() > submission.arrival()) {
      later.push(line.pollLast());
    }
    line.add(submission);
    line.addAll(later);
  }
}

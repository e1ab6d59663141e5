package io.sluice.dialect;

import io.sluice.ledger.Refusal;
import java.util.function.Supplier;

/**
 * A dialect's own error; attached to a check, it comes back as the reason of a refusal. It is
 * rendered only when it is sent, since nearly every check holds.
 *
 * @param rendering makes the answer
 */
public record ErrorAnswer(Supplier<Answer> rendering) implements Refusal {
  /** An answer that was rendered already. */
  public ErrorAnswer(Answer answer) {
    this(() -> answer);
  }

  /** What to send. */
  public Answer answer() {
    return rendering.get();
  }
}

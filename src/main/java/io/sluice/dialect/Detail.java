package io.sluice.dialect;

import io.sluice.ledger.Receipt;
import java.util.function.Function;

/**
 * What a dialect stores with a transfer, as a value and as the text that the ledger keeps. An
 * answer is made from the receipt's text, the first time and ever after; this spares the first
 * answer from reading what was just written.
 *
 * @param <T> the dialect's own type
 */
public record Detail<T>(T value, String text) {
  /**
   * @param write gives the text from which {@code read} of {@link #in} gives an equal value
   */
  public static <T> Detail<T> of(T value, Function<T, String> write) {
    return new Detail<>(value, write.apply(value));
  }

  /** What a receipt says; this detail's own value where it was stored with it. */
  public T in(Receipt receipt, Function<String, T> read) {
    return receipt.detail().equals(text) ? value : read.apply(receipt.detail());
  }
}

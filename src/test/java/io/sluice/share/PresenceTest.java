package io.sluice.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PresenceTest {
  private final AtomicLong now = new AtomicLong(-5);
  private final Presence<String> presence = new Presence<>(now::get);

  private void pass(long millis) {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void whoeverComesFirstIsAlone() {
    // When
    presence.note("a");

    // Then
    assertThat(presence.isAlone("a")).isTrue();
    assertThat(presence.isAlone("b")).isFalse();
  }

  @Test
  void nobodyIsAloneWhileTwoAreAbout() {
    // When
    presence.note("a");
    presence.note("b");
    presence.note("a");

    // Then
    assertThat(presence.isAlone("a")).isFalse();
    assertThat(presence.isAlone("b")).isFalse();
  }

  @Test
  void isAloneAgainSomeTimeAfterTheOthersHaveGone() {
    // Given
    presence.note("b");
    presence.note("a");
    pass(249);
    presence.note("a");
    boolean soon = presence.isAlone("a");

    // When
    pass(1);

    // Then
    assertThat(soon).isFalse();
    assertThat(presence.isAlone("a")).isTrue();
  }

  @Test
  void seesTheLatestOfManyOthers() {
    // Given
    presence.note("b");
    pass(200);
    presence.note("c");
    presence.note("a");

    // When
    pass(100);

    // Then
    assertThat(presence.isAlone("a")).isFalse();
  }
}

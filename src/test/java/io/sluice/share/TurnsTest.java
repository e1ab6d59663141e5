package io.sluice.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns<String, String> turns = new Turns<>();

  @Test
  void servesPartiesInTurn() {
    // Given
    for (int i = 1; i <= 3; i++) {
      turns.add("greedy", "greedy " + i);
    }
    turns.add("late", "late 1");

    // When
    List<String> served = serve(3);
    turns.add("last", "last 1");

    // Then
    assertThat(served).containsExactly("greedy 1", "late 1", "greedy 2");
    assertThat(serve(2)).containsExactly("greedy 3", "last 1");
  }

  @Test
  void hasNothingForNobody() {
    // Given
    turns.add("once", "only");
    turns.next();

    // When
    Optional<String> next = turns.next();

    // Then
    assertThat(next).isEmpty();
  }

  @Test
  void takesOutWhoWaitsNoLonger() {
    // Given
    turns.add("one", "first");
    turns.add("one", "second");
    turns.add("other", "third");

    // When
    boolean removed = turns.remove("one", "first");

    // Then
    assertThat(removed).isTrue();
    assertThat(turns.remove("one", "first")).isFalse();
    assertThat(turns.remove("nobody", "third")).isFalse();
    assertThat(turns.size()).isEqualTo(2);
    assertThat(turns.size("one")).isEqualTo(1);
    assertThat(turns.remove("other", "third")).isTrue();
    assertThat(turns.size("other")).isZero();
    assertThat(serve(1)).containsExactly("second");
    assertThat(turns.size()).isZero();
  }

  @Test
  void letsAllGoAtOnce() {
    // Given
    turns.add("one", "first");
    turns.add("other", "second");

    // When
    List<String> all = turns.removeAll();

    // Then
    assertThat(all).containsExactly("first", "second");
    assertThat(turns.next()).isEmpty();
    assertThat(turns.size()).isZero();
  }

  private List<String> serve(int count) {
    List<String> served = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      served.add(turns.next().orElseThrow());
    }
    return served;
  }

  @Test
  void passesOverWhoMayTakeNoTurnAndKeepsHisPlace() {
    // Given
    turns.add("a", "a1");
    turns.add("b", "b1");

    // When
    Optional<String> passed = turns.next(party -> !party.equals("a"));

    // Then
    assertThat(passed).contains("b1");
    assertThat(turns.next()).contains("a1");
    assertThat(turns.next(party -> true)).isEmpty();
  }
}

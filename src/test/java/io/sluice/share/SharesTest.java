package io.sluice.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SharesTest {
  private final Shares<String> shares = new Shares<>(100);
  private final List<Shares<String>.Holding> holdings = new ArrayList<>();

  @Test
  void givesHalfOfAllToOneWhoIsAlone() {
    // When
    int taken = takeAll("greedy");

    // Then
    assertThat(taken).isEqualTo(51);
    assertThat(shares.used()).isEqualTo(51);
  }

  @Test
  void saysHowManyOneMayTake() {
    for (int own = 0; own <= 100; own++) {
      // Given
      var all = new Shares<String>(100);
      var holding = all.holding("x");
      holding.insist(own);

      // When
      int room = Shares.room(100 - own, own);

      // Then
      int taken = 0;
      while (holding.take(1)) {
        taken++;
      }
      assertThat(room).as("own %d", own).isEqualTo(taken);
    }
  }

  @ParameterizedTest
  @CsvSource({"2,17", "5,8", "20,2"})
  void leavesSomethingForWhoeverComesNext(int greedy, int left) {
    // Given
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < greedy; i++) {
        take("greedy" + i);
      }
    }

    // When
    int taken = takeAll("late");

    // Then
    assertThat(taken).isGreaterThanOrEqualTo(left);
  }

  @Test
  void keepsNothingOfAPartyThatHoldsNothing() {
    // Given
    var gaveBack = shares.holding("gave all back");
    gaveBack.take(5);
    gaveBack.release();

    // When
    boolean taken = shares.holding("took nothing").take(0);

    // Then
    assertThat(taken).isTrue();
    assertThat(shares.parties()).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> gaveBack.take(-1));
  }

  @Test
  void givesTheOnlyPlaceThereIs() {
    // Given
    var place = new Shares<String>(1).holding("alone");

    // When
    boolean taken = place.take(1);

    // Then
    assertThat(taken).isTrue();
    assertThat(place.take(1)).isFalse();
  }

  @Test
  void takesNothingWhereItIsTooMuch() {
    // Given
    var holding = shares.holding("x");
    holding.take(60);

    // When
    boolean taken = holding.take(41);

    // Then
    assertThat(taken).isFalse();
    assertThat(shares.used()).isEqualTo(60);
  }

  @Test
  void hasAgainWhatWasGivenBack() {
    // Given
    takeAll("greedy");

    // When
    holdings.forEach(Shares.Holding::release);
    holdings.forEach(Shares.Holding::release);

    // Then
    assertThat(shares.used()).isZero();
    assertThat(takeAll("greedy")).isEqualTo(51);
  }

  @Test
  void givesPartsBackAndNoMoreThanWasTaken() {
    // Given
    var holding = shares.holding("x");
    holding.take(60);

    // When
    holding.giveBack(50);

    // Then
    assertThat(shares.used()).isEqualTo(10);
    assertThatIllegalArgumentException().isThrownBy(() -> holding.giveBack(11));
  }

  @Test
  void letsBackInWhatWasInsideThoughNothingIsFree() {
    // Given
    var holding = shares.holding("x");
    holding.take(100);

    // When
    holding.insist(5);

    // Then
    assertThat(shares.used()).isEqualTo(105);
    assertThat(shares.holding("y").take(1)).isFalse();
    holding.release();
    assertThat(shares.used()).isZero();
  }

  @Test
  void sharesNothingBetweenNobody() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Shares<String>(0));
  }

  private int takeAll(String party) {
    int taken = 0;
    while (take(party)) {
      taken++;
    }
    return taken;
  }

  private boolean take(String party) {
    var holding = shares.holding(party);
    holdings.add(holding);
    return holding.take(1);
  }
}

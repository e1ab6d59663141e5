package io.sluice.ledger;

import java.util.Objects;

/**
 * One movement from one account to another of the same asset.
 *
 * @param debit who pays
 * @param credit who receives; never the debited account
 * @param amount more than zero; where it is selected, what is wanted
 * @param lots what happens to lots; both accounts of a named lot track lots, unless it is retired
 *     to a system account; a lot is issued by an account that does not track any to one that does,
 *     with serial numbers that fit a long
 * @param mayOverdraw whether the debit may pass the account's floor, leaving an overdraft
 */
public record Leg(
    AccountRef debit, AccountRef credit, Amount amount, LotRule lots, boolean mayOverdraw) {
  public Leg {
    Objects.requireNonNull(lots);
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("a leg moves more than zero");
    }
    if (debit.id().equals(credit.id())) {
      throw new IllegalArgumentException("a leg moves value between two accounts");
    }
    if (!debit.asset().equals(credit.asset())) {
      throw new IllegalArgumentException("a leg moves one asset");
    }
    if (!fits(lots, debit.kind(), credit.kind(), amount)) {
      throw new IllegalArgumentException("a leg's lots are such as its accounts can have");
    }
  }

  private static boolean fits(LotRule lots, AccountKind debit, AccountKind credit, Amount amount) {
    return switch (lots) {
      case LotRule.Automatic automatic -> true;
      case LotRule.Restore restore -> credit == AccountKind.LOT;
      case LotRule.Named named -> debit == AccountKind.LOT && fits(named.use(), credit);
      case LotRule.Oldest oldest -> debit == AccountKind.LOT && fits(oldest.use(), credit);
      case LotRule.Issue issue ->
          debit != AccountKind.LOT && credit == AccountKind.LOT && issue.hasSerialsFor(amount);
      case LotRule.Selected selected ->
          switch (debit) {
            case LOT -> true;
            case SIMPLE -> credit != AccountKind.LOT && selected.filter().equals(LotFilter.ANY);
            case SYSTEM -> false;
          };
    };
  }

  private static boolean fits(LotRule.Use use, AccountKind credit) {
    return switch (use) {
      case LotRule.Use.Move move -> credit == AccountKind.LOT;
      case LotRule.Use.Deliver deliver -> credit == AccountKind.LOT;
      case LotRule.Use.Retire retire -> credit == AccountKind.SYSTEM;
    };
  }

  /** A leg under the usual rules. */
  public static Leg of(AccountRef debit, AccountRef credit, Amount amount) {
    return new Leg(debit, credit, amount, LotRule.AUTOMATIC, false);
  }

  /** The same leg for another amount. */
  Leg withAmount(Amount other) {
    return new Leg(debit, credit, other, lots, mayOverdraw);
  }

  /** A leg with a lot rule of its own. */
  public static Leg of(AccountRef debit, AccountRef credit, Amount amount, LotRule lots) {
    return new Leg(debit, credit, amount, lots, false);
  }
}

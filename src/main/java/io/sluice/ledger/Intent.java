package io.sluice.ledger;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** What a command is to do: move value, or be refused as soon as its turn comes. */
public sealed interface Intent {
  /** Conditions, in the order in which the dialect wants them looked at. */
  List<? extends Check> checks();

  /** What moves; nothing where nothing can. */
  List<Leg> legs();

  /**
   * Moves value once every check holds.
   *
   * @param legs at least one; what they take from one account they take from lots that they name,
   *     each once, or from the oldest: never from both. One that chooses among the oldest, or gives
   *     back all that was taken, is the only one. What the first one takes may be selected, and no
   *     other takes from the same account then
   */
  record Move(List<Check> checks, List<Leg> legs) implements Intent {
    public Move {
      checks = List.copyOf(checks);
      legs = List.copyOf(legs);
      if (legs.isEmpty()) {
        throw new IllegalArgumentException("a movement has one leg or more");
      }
      if (legs.size() > 1) {
        requireOneWayToPay(legs);
      }
    }

    private static void requireOneWayToPay(List<Leg> legs) {
      var lots = new HashSet<LotId>(0);
      var named = new HashSet<AccountId>(0);
      for (Leg leg : legs) {
        if (leg.lots() instanceof LotRule.Named rule) {
          named.add(leg.debit().id());
          if (!lots.add(rule.lot())) {
            throw new IllegalArgumentException("a movement names a lot once");
          }
        }
      }
      for (Leg leg : legs.subList(1, legs.size())) {
        if (leg.lots() instanceof LotRule.Selected) {
          throw new IllegalArgumentException("only what the first leg takes is selected");
        }
      }
      if (legs.getFirst().lots() instanceof LotRule.Selected) {
        requireAlone(legs.getFirst().debit(), legs.subList(1, legs.size()));
      }
      for (Leg leg : legs) {
        if (leg.lots() instanceof LotRule.Oldest) {
          throw new IllegalArgumentException("a choice among the oldest lots is a leg of its own");
        }
        if (leg.lots() instanceof LotRule.Restore restore && restore.left().isEmpty()) {
          throw new IllegalArgumentException(
              "all of what was taken comes back by a leg of its own");
        }
        if (!(leg.lots() instanceof LotRule.Named) && named.contains(leg.debit().id())) {
          throw new IllegalArgumentException(
              "an account pays from lots by name, or from the oldest");
        }
      }
    }

    private static void requireAlone(AccountRef payer, List<Leg> others) {
      if (others.stream().anyMatch(leg -> leg.debit().id().equals(payer.id()))) {
        throw new IllegalArgumentException("an account pays what is selected, or something else");
      }
    }

    /** Whether what moves is decided under the locks. */
    boolean isSelective() {
      return legs.getFirst().lots() instanceof LotRule.Selected;
    }

    /** A movement without conditions. */
    public Move(Leg leg) {
      this(List.of(), List.of(leg));
    }
  }

  /**
   * Is refused. The dialect knows so already, because of a reference to nobody, say; but a replay
   * and a broken earlier check still go first. The checks ask holders, never accounts: none may be
   * opened for a command that cannot succeed.
   */
  record Doomed(List<Check.OfHolder> checks, Refusal refusal) implements Intent {
    public Doomed {
      checks = List.copyOf(checks);
      Objects.requireNonNull(refusal);
    }

    @Override
    public List<Leg> legs() {
      return List.of();
    }
  }
}

package io.sluice.ledger;

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
   * @param legs at least one
   */
  record Move(List<Check> checks, List<Leg> legs) implements Intent {
    public Move {
      checks = List.copyOf(checks);
      legs = List.copyOf(legs);
      if (legs.isEmpty()) {
        throw new IllegalArgumentException("a movement has one leg or more");
      }
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
  record Doomed(List<Check.HolderStatusIn> checks, Refusal refusal) implements Intent {
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

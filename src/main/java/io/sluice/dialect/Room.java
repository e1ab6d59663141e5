package io.sluice.dialect;

import io.sluice.access.CredentialType;
import io.sluice.ledger.TenantId;
import io.sluice.store.Clues;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** A dialect that is put together of parts, where its room is wired. */
public class Room implements Dialect {
  private final Sign sign;
  private final Parts parts;

  public Room(Sign sign, Parts parts) {
    this.sign = sign;
    this.parts = parts;
  }

  /**
   * What a room is known by.
   *
   * @param name as {@link Dialect#name()}
   * @param title as {@link Dialect#title()}
   * @param paths as {@link Dialect#owns(String)}
   * @param faults as {@link Dialect#fault(Fault)}
   */
  public record Sign(
      String name, String title, Predicate<String> paths, Function<Fault, Answer> faults) {}

  /**
   * What is done in a room.
   *
   * @param endpoints as {@link Dialect#endpoints()}
   * @param administration as {@link Dialect#administration()}
   * @param credentials as {@link Dialect#credentials()}
   * @param demo as {@link Dialect#demonstrate(Demonstration)}
   * @param chores as {@link Dialect#chores()}
   * @param clues as {@link Dialect#clues()}
   * @param reversals as {@link Dialect#reversals()}
   */
  public record Parts(
      List<Endpoint> endpoints,
      Operations<TenantId> administration,
      List<CredentialType> credentials,
      Function<Demonstration, Future<FirstTransfer>> demo,
      List<Chore> chores,
      Clues clues,
      ReversalRules reversals) {
    public Parts {
      endpoints = List.copyOf(endpoints);
      credentials = List.copyOf(credentials);
      chores = List.copyOf(chores);
    }

    /** Without chores, clues and reversals. */
    public Parts(
        List<Endpoint> endpoints,
        Operations<TenantId> administration,
        List<CredentialType> credentials,
        Function<Demonstration, Future<FirstTransfer>> demo) {
      this(endpoints, administration, credentials, demo, List.of(), Clues.NONE, ReversalRules.NONE);
    }

    /** The same with chores. */
    public Parts withChores(List<Chore> others) {
      return new Parts(endpoints, administration, credentials, demo, others, clues, reversals);
    }

    /** The same with clues. */
    public Parts withClues(Clues others) {
      return new Parts(endpoints, administration, credentials, demo, chores, others, reversals);
    }

    /** The same with rules for reversals. */
    public Parts withReversals(ReversalRules others) {
      return new Parts(endpoints, administration, credentials, demo, chores, clues, others);
    }
  }

  @Override
  public final String name() {
    return sign.name();
  }

  @Override
  public final String title() {
    return sign.title();
  }

  @Override
  public final boolean owns(String path) {
    return sign.paths().test(path);
  }

  @Override
  public final Answer fault(Fault fault) {
    return sign.faults().apply(fault);
  }

  @Override
  public final List<Endpoint> endpoints() {
    return parts.endpoints();
  }

  @Override
  public final Operations<TenantId> administration() {
    return parts.administration();
  }

  @Override
  public final List<CredentialType> credentials() {
    return parts.credentials();
  }

  @Override
  public final List<Chore> chores() {
    return parts.chores();
  }

  @Override
  public final Clues clues() {
    return parts.clues();
  }

  @Override
  public final ReversalRules reversals() {
    return parts.reversals();
  }

  @Override
  public final Future<FirstTransfer> demonstrate(Demonstration demonstration) {
    return parts.demo().apply(demonstration);
  }
}

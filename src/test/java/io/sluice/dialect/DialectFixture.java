package io.sluice.dialect;

import io.sluice.assembly.Dialects;
import io.sluice.assembly.Provider;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Reply;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the shared suite must know of a dialect. Every dialect's suite class brings one. */
public interface DialectFixture {
  /** The dialect's name. */
  String dialect();

  /** What a gateway must be made of to have the dialect. */
  default List<Provider> providers() {
    return Dialects.ALL;
  }

  /** A new tenant that can make transfers: a payer with ample value, a payee, credentials. */
  World newWorld(TestingGateway gateway);

  /**
   * Fails unless an answer has the dialect's own error shape: members, types, content type. It is
   * called for every error of any status.
   */
  void assertErrorShape(Reply reply);

  /** The status of a transfer that moved value. */
  int successStatus();

  /** What a transfer is answered whose key was used for the very same wish before. */
  Repeat repeat();

  /** Fails unless an answer is the dialect's refusal of a used key with another wish. */
  void assertConflict(Reply reply);

  /** Whether amounts are JSON strings, as opposed to JSON numbers. */
  boolean amountsAreTexts();

  /** A path that the dialect owns but that leads nowhere. */
  String unknownPath();

  /** Operations that need no credentials, such as the one that hands out tokens. */
  default Set<String> openOperations() {
    return Set.of();
  }

  /**
   * Inputs, each as its operation and its name, that may be refused although the document allows
   * them, because of what other inputs or the books say.
   */
  default Set<String> dependentInputs() {
    return Set.of();
  }

  /**
   * What refusals call an input, by its operation and its name, where that is not its name as the
   * provider has it otherwise.
   */
  default Map<String, String> wordsOfRefusals() {
    return Map.of();
  }

  /** Members for which null says something of its own, each as its operation and its name. */
  default Set<String> clearingNulls() {
    return Set.of();
  }

  /** How a dialect answers a repeated request. */
  enum Repeat {
    /** With the first answer again, byte for byte. */
    SAME_ANSWER,
    /** With the error that {@link #assertConflict} describes. */
    REFUSED
  }

  /** The lists of a tenant, and who may read them. */
  record Lists(TestClient client, List<Listed> all) {}

  /** One tenant with what a transfer needs. */
  interface World {
    TenantId tenant();

    /** A client with this tenant's valid credentials. */
    TestClient client();

    /**
     * A good transfer of {@link #unit()} from payer to payee.
     *
     * @param key the client's idempotency key, or what makes requests unique in the dialect; other
     *     keys are other wishes. A fixture turns it into whatever form the dialect wants.
     */
    Ask transfer(String key);

    /** A good transfer with the same key that wishes something else. */
    Ask otherTransfer(String key);

    /**
     * A transfer like {@link #transfer} with this in place of the amount.
     *
     * @param json a JSON value, quoted already where amounts are texts
     */
    Ask transferOf(String key, String json);

    /** What {@link #transfer} moves, in the same measure as the balances. */
    BigDecimal unit();

    /** What the payer holds now, read from the ledger and not through the API under test. */
    BigDecimal payerBalance();

    /** What the payee holds now. */
    BigDecimal payeeBalance();

    /**
     * Clients whose credentials must not open anything, by what is wrong with them: at least
     * missing, invalid, foreign (another dialect's or, where two are needed, another tenant's
     * second one) and, where credentials expire, expired. Each must be answered 401.
     */
    Map<String, TestClient> badClients(World other);

    /** Somebody of this tenant who may do nothing; empty in an API without scopes. */
    default Optional<TestClient> powerless() {
      return Optional.empty();
    }

    /**
     * A good request for every operation of the dialect, naming this world's own things. With this
     * world's client each succeeds; with another world's client none may show or change anything.
     */
    List<Ask> everyOperation();

    /** Every operation that lists, in a tenant of their own. */
    Lists lists();

    /**
     * Requests that name another world's things beside this world's own, such as a transfer to the
     * other's payee. With this world's client each must be refused.
     */
    List<Ask> mixedWith(World other);

    /**
     * Texts that only this tenant's answers may contain: names, descriptions, references, ids. One
     * that a request itself names may come back in its error.
     */
    Set<String> secrets();
  }
}

package io.sluice.dialect;

import io.sluice.access.CredentialType;
import io.sluice.ledger.TenantId;
import io.sluice.store.Clues;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * One provider's API. A dialect parses, validates and renders; it knows no SQL and moves no value
 * itself.
 */
public interface Dialect {
  /** The provider's name in lower case, as in metrics and configuration. */
  String name();

  /** The provider and what its demo calls, for people: {@code Provider: POST /its/path}. */
  String title();

  /** Every operation that the dialect's OpenAPI document lists, and no other. */
  List<Endpoint> endpoints();

  /**
   * Operations of the management port on one tenant, for what the provider's public API cannot
   * create; none unless the dialect says otherwise. They are served below {@code
   * /admin/tenants/:tenant/<name>}, and only administrators reach them.
   */
  default Operations<TenantId> administration() {
    return new Operations<>();
  }

  /**
   * The types of credential that say who calls this API. The management port makes, lists and
   * revokes credentials of each; no two dialects have types of one name.
   */
  default List<CredentialType> credentials() {
    return List.of();
  }

  /** What every gateway does again and again on the dialect's behalf. */
  default List<Chore> chores() {
    return List.of();
  }

  /** What its clients may quote to an operator, beside plain UUIDs, and where that leads. */
  default Clues clues() {
    return Clues.NONE;
  }

  /** Which of its transfers an operator may reverse, and how that reads; none unless it says so. */
  default ReversalRules reversals() {
    return ReversalRules.NONE;
  }

  /** How its events go to those who want them; empty where it has none. */
  default Optional<Courier> courier() {
    return Optional.empty();
  }

  /**
   * Whether an unknown path belongs to this dialect, so that its own error body is sent. The first
   * dialect that says yes wins.
   */
  boolean owns(String path);

  /** The dialect's own body for what goes wrong outside its handlers. */
  Answer fault(Fault fault);

  /**
   * Sets a tenant up for a first transfer; safe to call again, which makes nothing new but
   * credentials.
   */
  Future<FirstTransfer> demonstrate(Demonstration demonstration);
}

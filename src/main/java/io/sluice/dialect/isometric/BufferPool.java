package io.sluice.dialect.isometric;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.ledger.AccountId;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.Ids;
import io.sluice.ledger.TenantId;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * The organisation that keeps a share of what is issued against losses. A registry has one; it has
 * no token and is no transferee, so what it owns moves only if the administrator has it moved.
 */
record BufferPool(Parties parties, IdCodec codec, Ids ids) {
  private static final String REFERENCE = "buffer-pool";

  /** An account that nothing ever was in. */
  private static final AccountId NOWHERE = Accounts.of(Orders.NOBODY).id();

  private record Request(String name, Optional<String> domain) {
    private static Request read(Reader reader) {
      Members body = reader.body();
      return new Request(body.required("name", Reader.NAME), body.optional("domain", Reader.NAME));
    }
  }

  /** {@code PUT /buffer_pool} of the administration: there is none before, or just this one. */
  Future<Answer> set(TenantId tenant, Call call) {
    Request request = Reader.read(call, Request::read);
    return register(tenant, request.name(), request.domain()).map(this::answer);
  }

  /** {@code GET /buffer_pool} of the administration: JSON null where there is none. */
  Future<Answer> get(TenantId tenant, Call call) {
    return find(tenant).map(found -> found.map(this::answer).orElseGet(Organisations::nothing));
  }

  private Answer answer(Organisation pool) {
    return pool.write(JsonWriter.object(), codec).toAnswer(200);
  }

  private Future<Organisation> register(TenantId tenant, String name, Optional<String> domain) {
    var wanted = new Organisation(new HolderId(ids.next()), name, domain, false);
    return parties
        .layFoundations(tenant)
        .compose(
            done ->
                parties.register(
                    tenant, wanted.id(), Names.BUFFER_POOL, REFERENCE, wanted.detail()))
        .map(BufferPool::organisation);
  }

  private static Organisation organisation(Holder holder) {
    return Organisation.of(holder.id(), holder.detail());
  }

  /** The organisation, once the administrator has named it. */
  Future<Optional<Organisation>> find(TenantId tenant) {
    return parties
        .find(tenant, Names.BUFFER_POOL, REFERENCE)
        .map(found -> found.map(BufferPool::organisation));
  }

  /** The same; fails with 400 when there is none. */
  Future<Organisation> require(TenantId tenant) {
    return find(tenant)
        .map(found -> found.orElseThrow(() -> new ApiException(Errors.noBufferPool())));
  }

  /** Where its credits are; where none are, if there is no such organisation. */
  Future<AccountId> account(TenantId tenant) {
    return find(tenant)
        .map(found -> found.map(pool -> Accounts.of(pool.id()).id()).orElse(NOWHERE));
  }
}

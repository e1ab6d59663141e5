package io.sluice.dialect.pebble;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Members;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Services;
import io.sluice.ledger.Amount;
import io.sluice.ledger.Digest;
import io.sluice.ledger.HolderId;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.store.Asset;
import io.sluice.store.Holder;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Jars with pebbles in them. */
record Administration(Services services) {
  Operations<TenantId> operations() {
    return new Operations<TenantId>().post("pebbleFillJar", "/jars", this::fillJar);
  }

  /** A jar of this name with so many pebbles, made and filled once. */
  Future<Outcome> fill(TenantId tenant, String name, Amount amount) {
    var accounts = new Accounts(tenant);
    Holder jar = holder(tenant, new HolderId(services.ids().next()), Names.JAR, name);
    return services
        .assets()
        .insert(asset(accounts))
        .compose(
            done ->
                services
                    .holders()
                    .insert(holder(tenant, accounts.quarry(), Names.QUARRY, Names.QUARRY)))
        .compose(done -> services.holders().insert(jar))
        .compose(done -> services.holders().findByReference(tenant, Names.JAR, name))
        .map(found -> filling(accounts, found.orElseThrow(), amount))
        .compose(services.pipeline()::submit);
  }

  private Future<Answer> fillJar(TenantId tenant, Call call) {
    Members body = Reader.body(call);
    String name = body.required("name", Reader.NAME);
    var amount = new Amount(body.required("pebbles", Reader.PEBBLES));
    return fill(tenant, name, amount).map(outcome -> answer(name, outcome));
  }

  private TransferCommand filling(Accounts accounts, Holder jar, Amount amount) {
    return TransferCommand.of(
            Principal.operator(jar.tenant()), new TransferId(services.ids().next()), Names.FILL)
        .key(IdempotencyKey.of(Names.FILL, jar.reference(), Digest.start().add(amount.toString())))
        .to(new Intent.Move(Leg.of(accounts.source(), accounts.in(jar.id()), amount)));
  }

  private static Answer answer(String name, Outcome outcome) {
    if (outcome.stored().isEmpty()) {
      throw new ApiException(Errors.jarTaken(name));
    }
    return JsonWriter.object().text("name", name).toAnswer(201);
  }

  private Asset asset(Accounts accounts) {
    Instant now = now();
    return new Asset(
        accounts.tenant(),
        accounts.asset(),
        Names.PEBBLE,
        "PBL",
        0,
        false,
        HolderStatus.ACTIVE,
        "{}",
        now,
        now);
  }

  private Holder holder(TenantId tenant, HolderId id, String kind, String reference) {
    Instant now = now();
    return new Holder(tenant, id, kind, reference, HolderStatus.ACTIVE, "{}", now, now);
  }

  private Instant now() {
    return services.clock().instant().truncatedTo(ChronoUnit.MICROS);
  }
}

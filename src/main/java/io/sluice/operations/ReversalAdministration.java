package io.sluice.operations;

import io.sluice.dialect.Answer;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.ErrorAnswer;
import io.sluice.dialect.Operations;
import io.sluice.dialect.ReversalRules.As;
import io.sluice.dialect.ReversalRules.Never;
import io.sluice.dialect.ReversalRules.Wish;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.IdempotencyKey;
import io.sluice.ledger.Intent;
import io.sluice.ledger.Leg;
import io.sluice.ledger.LotMovement;
import io.sluice.ledger.Principal;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferCommand;
import io.sluice.ledger.TransferId;
import io.sluice.pipeline.TransferPipeline;
import io.sluice.store.Inspection;
import io.sluice.store.Inspection.Entry;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Takes a transfer back: by a new entry with the same legs the other way round, which goes through
 * the pipeline like any other. The books decide under their locks whether what came is still there,
 * and the key of the new entry, which follows from the transfer, that it is there once.
 */
record ReversalAdministration(Inspection books, List<Dialect> dialects, TransferPipeline pipeline) {
  /** What dialects say before it fits into what they show. */
  private static final int MAX_REASON_CHARS = 200;

  private static final Set<HolderStatus> ACTIVE = Set.of(HolderStatus.ACTIVE);

  private static final Set<HolderStatus> MAY_GET_BACK =
      Set.of(HolderStatus.ACTIVE, HolderStatus.SUSPENDED, HolderStatus.OPENING);

  private static final Set<HolderStatus> MAY_GIVE_BACK =
      EnumSet.complementOf(EnumSet.of(HolderStatus.ARCHIVED));

  Operations<TenantId> onTenants() {
    return new Operations<TenantId>()
        .post("reverseTransfer", AdminAudit.TRANSFER + "/reverse", this::reverse);
  }

  private Future<Answer> reverse(TenantId tenant, Call call) {
    TransferId id = LookUpAdministration.id(call, "transfer", TransferId::new);
    String reason = AdminBody.of(call, "reason").line("reason", MAX_REASON_CHARS);
    call.note("sluice.reason", reason);
    return books
        .transfer(tenant, id)
        .map(found -> LookUpAdministration.found(found, "transfer"))
        .compose(
            entry ->
                books
                    .lots(tenant, entry.lots().stream().map(LotMovement::lot).distinct().toList())
                    .map(lots -> command(tenant, new ReversalLegs(entry, lots), reason))
                    .compose(pipeline::submit)
                    .map(new ReversalWords(tenant, entry)::answer));
  }

  private TransferCommand command(TenantId tenant, ReversalLegs legs, String reason) {
    Receipt original = legs.entry().transfer().receipt();
    As as = verdict(tenant, legs.entry(), reason);
    return TransferCommand.of(Principal.operator(tenant), as.id(), as.kind())
        .key(IdempotencyKey.ofReversal(original.id()))
        .balanceLimit(as.balanceLimit())
        .detail(as.detail())
        .events(as.events())
        .to(new Intent.Move(checks(as, legs), legs.legs()));
  }

  private static List<Check> checks(As as, ReversalLegs legs) {
    var closed = new ErrorAnswer(ReversalWords::closed);
    var archived = new ErrorAnswer(ReversalWords::archived);
    List<Check> checks = new ArrayList<>();
    checks.add(new Check.AccountStatusIn(legs.payer(), MAY_GET_BACK, closed));
    as.active().forEach(each -> checks.add(new Check.HolderStatusIn(each, ACTIVE, archived)));
    legs.legs().stream()
        .map(Leg::debit)
        .distinct()
        .forEach(each -> checks.add(new Check.AccountStatusIn(each, MAY_GIVE_BACK, archived)));
    return checks;
  }

  private As verdict(TenantId tenant, Entry entry, String reason) {
    Receipt original = entry.transfer().receipt();
    if (!original.posted()) {
      throw never("It was refused: nothing has moved.");
    }
    entry
        .transfer()
        .key()
        .flatMap(IdempotencyKey::reversed)
        .ifPresent(
            reversed -> {
              throw never("It reverses another transfer: repeat that one instead.");
            });
    return switch (dialect(original).reversals().of(new Wish(tenant, original, reason))) {
      case As as -> as;
      case Never(String why) -> throw never(why);
    };
  }

  private static ApiException never(String why) {
    return new ApiException(AdminErrors.notReversible(why));
  }

  private Dialect dialect(Receipt original) {
    return dialects.stream()
        .filter(dialect -> original.kind().startsWith(dialect.name() + "."))
        .findFirst()
        .orElseThrow(() -> never("The dialect that made it is not served."));
  }
}

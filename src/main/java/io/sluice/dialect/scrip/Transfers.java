package io.sluice.dialect.scrip;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Preparation;
import io.sluice.dialect.Services;
import io.sluice.ledger.Principal;
import io.sluice.ledger.TenantId;
import io.sluice.loop.Chain;
import io.vertx.core.Future;

/** {@code POST /v1/transfers}: from one source to up to 100 recipients, all or nothing. */
record Transfers(Services services, Directory directory, Events events) {
  Future<Answer> create(Caller caller, Call call) {
    TransferRequest request = TransferRequest.read(call);
    return Chain.compose(
        Preparation.of(plan(caller.tenant(), request)), plan -> submit(caller.principal(), plan));
  }

  private Future<TransferPlan> plan(TenantId tenant, TransferRequest request) {
    var named = directory.programAsset(tenant, request.program(), request.asset());
    var holders = directory.parties(tenant, request.parties());
    return Chain.compose(
        named, known -> Chain.map(holders, found -> new TransferPlan(request, known, found)));
  }

  private Future<Answer> submit(Principal asking, TransferPlan plan) {
    var command = plan.command(asking, services.transferId(), events);
    return Chain.map(services.pipeline().submit(command), plan::answer);
  }
}

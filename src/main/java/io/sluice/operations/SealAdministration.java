package io.sluice.operations;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Values;
import io.sluice.ledger.TenantId;
import io.sluice.ledger.TransferId;
import io.sluice.seal.Hash;
import io.sluice.seal.Receipt;
import io.sluice.store.seal.SealProofs;
import io.sluice.store.seal.SealProofs.TreeHead;
import io.vertx.core.Future;
import java.util.List;

/** The heads of sealed books, receipts, and proofs that books have only grown. */
record SealAdministration(SealProofs proofs) {
  private static final String SEAL = "/admin/tenants/:tenant/seal";

  Operations<TenantId> onTenants() {
    return new Operations<TenantId>()
        .get("getSealedHead", SEAL, (tenant, call) -> proofs.head(tenant).map(this::head))
        .get("getReceipt", SEAL + "/receipts/:id", this::receipt)
        .get("proveGrowth", SEAL + "/growth", AdminQuery.reading(this::growth, "from", "to"));
  }

  private Answer head(TreeHead head) {
    JsonWriter json =
        JsonWriter.object().number("size", head.size()).text("root_hash", head.root().toHex());
    head.at().ifPresentOrElse(at -> json.time("sealed_at", at), () -> json.nothing("sealed_at"));
    return json.toAnswer(200);
  }

  private Future<Answer> receipt(TenantId tenant, Call call) {
    TransferId transfer =
        Values.uuid(call.pathParameter("id"))
            .map(TransferId::new)
            .orElseThrow(() -> AdminErrors.unknownSubject("transfer"));
    return proofs
        .receipt(tenant, transfer)
        .map(found -> answer(found.orElseThrow(() -> AdminErrors.unknownSubject("transfer"))));
  }

  private static Answer answer(Receipt receipt) {
    return JsonWriter.object()
        .text("entry", receipt.entry())
        .number("position", receipt.position())
        .text("previous_hash", receipt.previous().toHex())
        .text("entry_hash", receipt.hash().toHex())
        .texts("path", hex(receipt.path()))
        .number("size", receipt.size())
        .text("root_hash", receipt.root().toHex())
        .toAnswer(200);
  }

  private static List<String> hex(List<Hash> hashes) {
    return hashes.stream().map(Hash::toHex).toList();
  }

  private Future<Answer> growth(TenantId tenant, Call call, AdminQuery query) {
    int from = size(query, "from");
    int to = size(query, "to");
    return proofs
        .head(tenant)
        .compose(
            head -> {
              if (from > to || to > head.size()) {
                throw AdminErrors.invalid(
                    "from must be at most to, and to at most " + head.size() + ", the size now");
              }
              return Future.all(
                      proofs.root(tenant, from),
                      proofs.root(tenant, to),
                      proofs.consistency(tenant, from, to))
                  .map(
                      all ->
                          JsonWriter.object()
                              .number("from_size", from)
                              .text("from_root_hash", all.<Hash>resultAt(0).toHex())
                              .number("size", to)
                              .text("root_hash", all.<Hash>resultAt(1).toHex())
                              .texts("path", hex(all.resultAt(2)))
                              .toAnswer(200));
            });
  }

  private static int size(AdminQuery query, String name) {
    return query
        .whole(name, 1, Integer.MAX_VALUE)
        .orElseThrow(() -> AdminErrors.invalid(name + " must be one whole number from 1"));
  }
}

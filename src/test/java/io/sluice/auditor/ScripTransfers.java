package io.sluice.auditor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.auditor.Lot.Bucket;
import io.sluice.auditor.Lot.Terms;
import io.sluice.auditor.ScripScene.Asset;
import io.sluice.auditor.ScripScene.Holder;
import io.sluice.testing.Reply;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Transfers, some of them such as cannot be. */
record ScripTransfers(ScripScene scene, String otherProgram) {
  private static final String PATH = "/v1/transfers";

  private record Row(Holder recipient, BigDecimal amount) {
    boolean isTooFine() {
      return amount.scale() > 2;
    }

    String text() {
      return "{%s,\"amount\":\"%s\"}".formatted(recipient.member(""), amount.toPlainString());
    }
  }

  ScripTransfers(ScripScene scene) {
    this(scene, scene.newProgram());
  }

  void transfer() {
    var rows = new ArrayList<Row>();
    int count = 1 + scene.random.nextInt(scene.chance(4) ? 5 : 2);
    for (int i = 0; i < count; i++) {
      rows.add(new Row(scene.holder(), scene.amount(20)));
    }
    transfer(rows);
  }

  private void transfer(List<Row> rows) {
    Asset asset = scene.asset();
    Holder source = scene.holder();
    String body = body(asset, source, rows);
    Reply reply = scene.client.post(PATH, body);
    if (ScripRefusal.isDone(reply, refusal(asset, source, rows), 200)) {
      BigDecimal total = total(rows);
      ScripScene.holdAmount(reply.json().get("total_amount"), total);
      assertThat(reply.json().get("recipient_count").intValue()).isEqualTo(rows.size());
      List<Purse.Part> taken = source.purse(asset).take(total, scene.now());
      rows.forEach(
          row -> row.recipient().purse(asset).credit(row.amount(), Terms.NONE, scene.now()));
      scene.past.remember(scene.client, PATH, body, reply);
      scene.operator.remember(
          reply.json().get("journal_entry_id").textValue(), entry(asset, source, taken, rows));
    }
  }

  private ScripEntry entry(Asset asset, Holder source, List<Purse.Part> taken, List<Row> rows) {
    var payer = new ScripEntry.Owner(scene, source, asset, Bucket.AVAILABLE, taken);
    return new ScripEntry(asset, payer, rows.stream().map(row -> payment(asset, row)).toList());
  }

  private ScripEntry.Payment payment(Asset asset, Row row) {
    var payee = ScripEntry.Owner.of(scene, row.recipient(), asset, Bucket.AVAILABLE);
    return new ScripEntry.Payment(payee, row.amount());
  }

  private String body(Asset asset, Holder source, List<Row> rows) {
    String recipients = rows.stream().map(Row::text).collect(Collectors.joining(","));
    return scene.body(
        asset,
        ",%s,\"recipients\":[%s]%s"
            .formatted(
                source.member("source_"),
                recipients,
                ScripScene.member("idempotency_key", ScripScene.newKey())));
  }

  private static BigDecimal total(List<Row> rows) {
    return rows.stream().map(Row::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** A closed participant may still pay. */
  private Optional<ScripRefusal> refusal(Asset asset, Holder source, List<Row> rows) {
    BigDecimal total = total(rows);
    return ScripRefusal.first(
        () -> scene.closed(asset),
        () -> source.unless(ScripScene.ACTIVE, "CLOSED"),
        () -> rows.stream().flatMap(row -> recipient(source, row).stream()).findFirst(),
        () -> ScripRefusal.INVALID_SCALE.when(rows.stream().anyMatch(Row::isTooFine)),
        () -> ScripAdjustments.ceiling(total),
        () ->
            ScripRefusal.INSUFFICIENT_BALANCE.when(
                total.compareTo(source.purse(asset).available(scene.now())) > 0));
  }

  private Optional<ScripRefusal> recipient(Holder source, Row row) {
    return ScripRefusal.first(
        () -> ScripRefusal.NOT_FOUND.when(!scene.holders().contains(row.recipient())),
        () -> ScripRefusal.SELF_TRANSFER.when(row.recipient() == source),
        () -> row.recipient().unless(ScripScene.ACTIVE));
  }

  /** What cannot be, whatever there is. */
  void impossible() {
    var nobody = new Holder(UUID.randomUUID().toString(), scene.chance(2));
    switch (scene.random.nextInt(6)) {
      case 0 -> transfer(List.of(new Row(nobody, BigDecimal.ONE)));
      case 1 -> transfer(List.of(new Row(scene.holder(), new BigDecimal("1.001"))));
      case 2 -> transfer(List.of(new Row(scene.holder(), new BigDecimal("900.01"))));
      case 3 ->
          ScripRefusal.BAD_REQUEST.expect(
              scene.client.post(PATH, body(scene.asset(), scene.holder(), List.of())));
      case 4 -> unlinked();
      default ->
          ScripRefusal.UNAUTHORIZED.expect(scene.client.without("X-API-Key").post(PATH, "{}"));
    }
  }

  /** The other programme has no asset. */
  private void unlinked() {
    List<Row> rows = List.of(new Row(scene.holder(), BigDecimal.ONE));
    String body = body(scene.asset(), scene.holder(), rows);
    ScripRefusal.ASSET_NOT_LINKED.expect(
        scene.client.post(PATH, body.replace(scene.program, otherProgram)));
  }
}

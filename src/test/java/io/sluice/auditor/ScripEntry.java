package io.sluice.auditor;

import io.sluice.auditor.Lot.Bucket;
import io.sluice.auditor.ScripScene.Asset;
import io.sluice.auditor.ScripScene.Holder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An entry of Scrip's journal, as the operator takes it back. */
record ScripEntry(Asset asset, Side payer, List<Payment> payments) implements Operator.Reversible {
  /** What one of those who received got. */
  record Payment(Side to, BigDecimal amount) {}

  ScripEntry(Asset asset, Side payer, Payment only) {
    this(asset, payer, List.of(only));
  }

  /** Whoever pays or receives; two are equal where they are one account. */
  interface Side {
    /** Whether value that came in so many payments can come back here. */
    boolean takesBack(BigDecimal amount, int payments);

    /** Whether anything can leave it, however much there is. */
    boolean isOpen();

    boolean canPay(BigDecimal amount);

    void pay(BigDecimal amount);

    void getBack(BigDecimal amount);
  }

  /** Where value comes from that is in no wallet, and where it goes. */
  enum Outside implements Side {
    WORLD;

    @Override
    public boolean takesBack(BigDecimal amount, int payments) {
      return true;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean canPay(BigDecimal amount) {
      return true;
    }

    @Override
    public void pay(BigDecimal amount) {}

    @Override
    public void getBack(BigDecimal amount) {}
  }

  /** The wallet of the programme, which is no more once that is archived. */
  record Wallet(ScripScene scene, Asset asset) implements Side {
    /** What credits of an asset come out of. */
    static Side of(ScripScene scene, Asset asset) {
      return asset.prefunded ? new Wallet(scene, asset) : Outside.WORLD;
    }

    @Override
    public boolean takesBack(BigDecimal amount, int payments) {
      return isOpen();
    }

    @Override
    public boolean isOpen() {
      return !scene.programStatus.equals(ScripScene.ARCHIVED);
    }

    @Override
    public boolean canPay(BigDecimal amount) {
      return amount.compareTo(asset.wallet) <= 0;
    }

    @Override
    public void pay(BigDecimal amount) {
      asset.fund(amount.negate());
    }

    @Override
    public void getBack(BigDecimal amount) {
      asset.fund(amount);
    }
  }

  /** A participant or a group with what is in one bucket; suspended ones get back what they had. */
  record Owner(ScripScene scene, Holder holder, Asset asset, Bucket bucket, List<Purse.Part> taken)
      implements Side {
    /** Whoever received. */
    static Owner of(ScripScene scene, Holder holder, Asset asset, Bucket bucket) {
      return new Owner(scene, holder, asset, bucket, List.of());
    }

    private Purse purse() {
      return holder.purse(asset);
    }

    /** Lots do not come back from several accounts, and what was overdrawn came out of none. */
    @Override
    public boolean takesBack(BigDecimal amount, int payments) {
      boolean areLotsThere = payments == 1 && Purse.sum(taken).compareTo(amount) == 0;
      return isOpen() && !holder.status.equals("CLOSED") && (!asset.inLots || areLotsThere);
    }

    /** Whoever closed may pay. */
    @Override
    public boolean isOpen() {
      return !holder.isArchived();
    }

    @Override
    public boolean canPay(BigDecimal amount) {
      return amount.compareTo(purse().in(bucket, scene.now())) <= 0;
    }

    @Override
    public void pay(BigDecimal amount) {
      purse().take(bucket, amount, lot -> true, scene.now());
    }

    @Override
    public void getBack(BigDecimal amount) {
      purse().giveBack(bucket, taken, amount, amount, scene.now());
    }
  }

  private Map<Side, BigDecimal> received() {
    return payments.stream()
        .collect(Collectors.toMap(Payment::to, Payment::amount, BigDecimal::add));
  }

  private BigDecimal total() {
    return payments.stream().map(Payment::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Override
  public Optional<Operator.Refusal> refusal() {
    return Operator.Refusal.NOT_REVERSIBLE
        .when(
            asset.isArchived()
                || !payer.takesBack(total(), payments.size())
                || !received().keySet().stream().allMatch(Side::isOpen))
        .or(
            () ->
                Operator.Refusal.VALUE_GONE.when(
                    received().entrySet().stream()
                        .anyMatch(each -> !each.getKey().canPay(each.getValue()))));
  }

  @Override
  public void takeBack() {
    payments.forEach(payment -> payment.to().pay(payment.amount()));
    payer.getBack(total());
  }
}

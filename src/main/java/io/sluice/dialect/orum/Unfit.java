package io.sluice.dialect.orum;

import io.sluice.dialect.JsonWriter;
import io.sluice.ledger.AccountRef;
import io.sluice.ledger.Check;
import io.sluice.ledger.HolderStatus;
import io.sluice.ledger.RecordedRefusal;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** That the owner of a subledger may not take part. The book transfer is stored as failed. */
enum Unfit implements RecordedRefusal {
  SOURCE_CLOSED(Side.SOURCE, HolderStatus.CLOSED),
  SOURCE_NOT_VERIFIED(Side.SOURCE, HolderStatus.SUSPENDED),
  DESTINATION_CLOSED(Side.DESTINATION, HolderStatus.CLOSED),
  DESTINATION_NOT_VERIFIED(Side.DESTINATION, HolderStatus.SUSPENDED);

  private final Set<HolderStatus> others;
  private final String reasons;

  Unfit(Side side, HolderStatus status) {
    others =
        Stream.of(HolderStatus.ACTIVE, HolderStatus.SUSPENDED, HolderStatus.CLOSED)
            .filter(it -> it != status)
            .collect(Collectors.toUnmodifiableSet());
    reasons =
        status == HolderStatus.CLOSED
            ? TransferDetail.reasons(side, "closed_account", "The owner of the subledger is closed")
            : TransferDetail.reasons(
                side,
                "account_not_verified",
                "The owner of the subledger was rejected or is restricted");
  }

  /** That the owner of this subledger is none of that. */
  Check of(AccountRef account) {
    return new Check.AccountStatusIn(account, others, this);
  }

  @Override
  public String detail(String detail) {
    return JsonWriter.object().members(detail).raw(TransferDetail.REASONS, reasons).toText();
  }
}

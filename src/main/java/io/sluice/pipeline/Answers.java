package io.sluice.pipeline;

import io.sluice.ledger.Decision;
import io.sluice.ledger.Outcome;
import io.sluice.ledger.Receipt;
import io.sluice.ledger.TransferId;
import io.sluice.loop.Mail;
import io.sluice.pipeline.Attempt.Result;
import io.sluice.store.StoreException;
import io.sluice.store.TransferStore;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what became of commands. For the pipeline's event loop only. */
final class Answers {
  private static final Logger log = LoggerFactory.getLogger(Answers.class);

  private final TransferStore transfers;
  private final PipelineMetrics metrics;

  Answers(TransferStore transfers, PipelineMetrics metrics) {
    this.transfers = transfers;
    this.metrics = metrics;
  }

  void tell(Submission submission, Outcome outcome) {
    var mail = new Mail();
    tell(submission, outcome, mail);
    mail.send();
  }

  /** Tells all whom a transaction has answered. */
  void tell(List<Result> results) {
    var mail = new Mail();
    results.forEach(result -> tell(result, mail));
    mail.send();
  }

  private void tell(Submission submission, Outcome outcome, Mail mail) {
    metrics.outcome(submission.command().tenant(), submission.command().kind(), outcome);
    submission.answer(outcome, mail);
  }

  private void tell(Result result, Mail mail) {
    switch (result.decision()) {
      case Decision.Decided decided -> tell(result.submission(), decided.outcome(), mail);
      case Decision.ReplayOf replay -> readBack(result.submission(), replay.transfer());
      case Decision.Postponed postponed ->
          throw new IllegalStateException(result.submission().command().id() + " is not decided");
    }
  }

  /** Tells one who cannot be carried out in time. */
  void giveUp(Submission submission) {
    tellUndone(submission, new Outcome.Expired());
  }

  /** Tells one that nothing has been done, unless that is unknown. */
  void tellUndone(Submission submission, Outcome outcome) {
    tell(submission, submission.isFateUnknown() ? new Outcome.Unavailable() : outcome);
  }

  private void readBack(Submission submission, TransferId original) {
    transfers
        .find(submission.command().tenant(), original)
        .map(Optional::orElseThrow)
        .onSuccess(receipt -> replayed(submission, receipt))
        .onFailure(failure -> unreadable(submission, failure));
  }

  private void replayed(Submission submission, Receipt receipt) {
    tell(submission, new Outcome.Replayed(receipt));
  }

  private void unreadable(Submission submission, Throwable failure) {
    if (failure instanceof StoreException outage
        && outage.kind() == StoreException.Kind.UNAVAILABLE) {
      tell(submission, new Outcome.Unavailable());
    } else {
      defect(submission, failure);
    }
  }

  /** Fails a command that cannot be carried out, however often it is tried. */
  void defect(Submission submission, Throwable failure) {
    log.atError()
        .setCause(failure)
        .addKeyValue("sluice.transfer", submission.command().id().value())
        .addKeyValue("sluice.operation", submission.command().kind())
        .log("A command could not be carried out");
    submission.fail(failure);
  }
}

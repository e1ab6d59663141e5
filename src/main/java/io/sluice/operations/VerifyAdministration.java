package io.sluice.operations;

import io.sluice.dialect.Answer;
import io.sluice.dialect.JsonWriter;
import io.sluice.dialect.Operations;
import io.sluice.store.Verifier.Progress;
import io.vertx.core.Future;
import java.util.Optional;

/** Verifying the books beside traffic: begins a run, tells how far it is, ends it. */
record VerifyAdministration(Verification verification) {
  private static final String PATH = "/admin/verification";

  Operations<AdminGuard.Caller> onAll() {
    return new Operations<AdminGuard.Caller>()
        .get("getVerification", PATH, (caller, call) -> answer(200))
        .postNothing("startVerification", PATH, (caller, call) -> start())
        .delete("stopVerification", PATH, (caller, call) -> stop());
  }

  private Future<Answer> start() {
    if (!verification.start()) {
      throw AdminErrors.running();
    }
    return answer(202);
  }

  private Future<Answer> stop() {
    verification.stop();
    return answer(202);
  }

  private Future<Answer> answer(int status) {
    return Future.succeededFuture(show(verification.look()).toAnswer(status));
  }

  private static JsonWriter show(Optional<Verification.Look> latest) {
    JsonWriter json = JsonWriter.object();
    json.text("status", latest.map(look -> word(look.state())).orElse("never"))
        .time("started_at", latest.map(Verification.Look::startedAt).orElse(null))
        .time("ended_at", latest.flatMap(Verification.Look::endedAt).orElse(null));
    Optional<Progress> progress = latest.flatMap(Verification.Look::progress);
    progress.ifPresentOrElse(
        step -> write(json.object("progress"), step), () -> json.nothing("progress"));
    return end(json, latest.map(Verification.Look::state));
  }

  private static JsonWriter end(JsonWriter json, Optional<Verification.State> state) {
    if (state.orElse(null) instanceof Verification.State.Done done) {
      VerificationJson.write(json.object("report"), done.report()).end();
    } else {
      json.nothing("report");
    }
    return json.text(
        "failure",
        state.orElse(null) instanceof Verification.State.Failed failed ? failed.why() : null);
  }

  private static String word(Verification.State state) {
    return switch (state) {
      case Verification.State.Running running -> "running";
      case Verification.State.Stopped stopped -> "stopped";
      case Verification.State.Failed failed -> "failed";
      case Verification.State.Done done -> done.report().isWhole() ? "whole" : "not_whole";
    };
  }

  private static void write(JsonWriter json, Progress step) {
    json.number("permille", step.permille())
        .number("step", step.step())
        .number("steps", step.steps())
        .number("tenant", step.tenant())
        .text("what", step.what())
        .number("rows", step.rows());
    step.left()
        .ifPresentOrElse(
            left -> json.number("left_seconds", left.toSeconds()),
            () -> json.nothing("left_seconds"));
    json.end();
  }
}

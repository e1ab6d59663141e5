package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Flaw;
import io.sluice.dialect.Grammar;
import io.sluice.dialect.Members;
import io.sluice.dialect.Place;
import io.sluice.dialect.TimeGrammar;
import io.sluice.dialect.Wanted;
import io.sluice.store.orum.Report;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a report is to tell of.
 *
 * @param from the first moment
 * @param to the first moment after it, not before {@code from}
 * @param subledger the reference id of the subledger; there where the scope is one
 */
record ReportRequest(Instant from, Instant to, Report.Scope scope, Optional<String> subledger) {
  private static final String FROM = "start_time";
  private static final String TO = "end_time";
  private static final Wanted<Instant> TIME = new Wanted.Time(TimeGrammar.RFC_3339);
  private static final Wanted<String> SCOPE =
      new Wanted.OneOf(Stream.of(Report.Scope.values()).map(ReportRequest::word).toList());

  private static final Grammar WORDS =
      (at, found, wanted, flaw) -> {
        if (at.equals(Place.BODY)) {
          throw new ApiException(Errors.badRequest("the body must be a JSON object"));
        }
        throw new ApiException(
            flaw == Flaw.MISSING ? Errors.missingOfReport(at.step()) : invalid(at.step()));
      };

  private static io.sluice.dialect.Answer invalid(String name) {
    return Errors.invalidOfReport(name);
  }

  /** Of a body. */
  static ReportRequest ofBody(Call call) {
    return read(Members.of(call, WORDS));
  }

  /** Of a query, whose parameters are as the members of a body. */
  static ReportRequest ofQuery(Call call) {
    var json = JsonNodeFactory.instance.objectNode();
    call.query()
        .forEach(
            (name, values) -> {
              if (values.size() == 1) {
                json.set(name, node(name, values.getFirst()));
              } else {
                // No parameter is a number, so that one given twice does not fit.
                json.put(name, values.size());
              }
            });
    return read(Members.of((JsonNode) json, WORDS));
  }

  private static JsonNode node(String name, String parameter) {
    boolean isTime = name.equals(FROM) || name.equals(TO);
    return isTime ? TIME.node(parameter) : TextNode.valueOf(parameter);
  }

  private static ReportRequest read(Members members) {
    Instant from = members.required(FROM, TIME);
    Instant to = members.required(TO, TIME);
    if (to.isBefore(from)) {
      throw new ApiException(invalid(TO));
    }
    Report.Scope scope =
        members
            .optional("report_scope", SCOPE)
            .map(word -> Report.Scope.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Report.Scope.TOTAL);
    boolean ofSubledger = scope == Report.Scope.SUBLEDGER;
    // With another scope it means nothing, but whoever sends what it cannot be errs.
    Optional<String> subledger =
        ofSubledger
            ? Optional.of(members.required(Reader.SUBLEDGER_ID, Reader.REFERENCE))
            : members.optional(Reader.SUBLEDGER_ID, Reader.REFERENCE);
    return new ReportRequest(from, to, scope, subledger.filter(_ -> ofSubledger));
  }

  /** What a scope is called on the wire. */
  static String word(Report.Scope scope) {
    return scope.name().toLowerCase(Locale.ROOT);
  }
}

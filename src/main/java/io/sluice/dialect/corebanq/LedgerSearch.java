package io.sluice.dialect.corebanq;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.Call;
import io.sluice.dialect.Members;
import io.sluice.store.corebanq.LedgerList;
import io.sluice.store.corebanq.Slice;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A well-formed request for a list of ledgers. */
record LedgerSearch(LedgerList.Filter filter, Slice<LedgerList.Sort> slice) {
  private static final Kind<JsonNode> FILTER = new Kind.Written();
  private static final String PARENT = "parent_ledger_id";
  private static final String ACTIVE = "active";
  private static final List<String> FIELDS =
      List.of("code", "type", "currency_code", ACTIVE, PARENT);

  /** Reads a request; throws with everything that is wrong with it. */
  static LedgerSearch read(Call call) {
    return Reader.withoutBody(call, LedgerSearch::read);
  }

  private static LedgerSearch read(Reader reader) {
    Slice<LedgerList.Sort> slice = Page.of(reader, LedgerList.Sort.CREATED_AT);
    boolean only = reader.query("only_subledgers", Reader.FLAG).orElse(false);
    boolean exclude = reader.query("exclude_subledgers", Reader.FLAG).orElse(false);
    boolean include = reader.query("include_subledgers", Reader.FLAG).orElse(true);
    Optional<JsonNode> filter = reader.query("filter", FILTER);
    filter.ifPresent(node -> requireKnown(reader, node));
    Optional<Members> members = filter.map(node -> reader.within("filter", node));
    var wanted =
        new LedgerList.Filter(
            members.flatMap(m -> m.optional("code", LedgerRequest.CODE)),
            members.flatMap(m -> m.optional("type", LedgerRequest.TYPE)),
            members.flatMap(m -> m.optional("currency_code", LedgerRequest.CURRENCY_CODE)),
            members.flatMap(m -> m.optional(ACTIVE, Reader.FLAG)),
            members.<UUID>flatMap(m -> m.optional(PARENT, Reader.ID)),
            only,
            exclude || !include || filter.filter(LedgerSearch::wantsNoParent).isPresent());
    return new LedgerSearch(wanted, slice);
  }

  private static boolean wantsNoParent(JsonNode filter) {
    return filter.path(PARENT).isNull();
  }

  /** A condition that was ignored would list what nobody asked for. */
  private static void requireKnown(Reader reader, JsonNode filter) {
    filter
        .properties()
        .forEach(
            member -> {
              String name = member.getKey();
              if (!FIELDS.contains(name)) {
                reader.refuse("filter", "must not have members but " + String.join(", ", FIELDS));
              } else if (member.getValue().isNull() && !name.equals(PARENT)) {
                reader.refuse("filter." + name, "must not be null");
              }
            });
  }
}

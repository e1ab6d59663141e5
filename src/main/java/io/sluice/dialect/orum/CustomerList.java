package io.sluice.dialect.orum;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Parameters;
import io.sluice.dialect.TimeGrammar;
import io.sluice.dialect.Wanted;
import io.sluice.ledger.TenantId;
import io.sluice.store.orum.Customer;
import io.sluice.store.orum.CustomerQuery;
import io.sluice.store.orum.CustomerStatus;
import io.sluice.store.orum.CustomerStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Persons, or businesses: list. */
record CustomerList(CustomerStore store, CustomerForm form) {
  private static final Wanted<String> STATUS = new Wanted.OneOf(CustomerDetail.words());
  private static final Wanted<Instant> TIME = new Wanted.Time(TimeGrammar.RFC_3339);

  /** 4 to 17 digits, as they may be grouped. */
  private static final Wanted<String> ACCOUNT_NUMBER = Field.pattern("[0-9](-?[0-9]){3,16}");

  Future<Answer> list(Caller caller, Call call) {
    var query = new Parameters(call, new CustomerErrors(form, false), Parameters.Repeats.REFUSED);
    Page page = Page.of(query);
    CustomerQuery wanted = wanted(caller.tenant(), query);
    // There are no external accounts, so that no number of one leads to anybody.
    boolean nobody = query.query("account_number", ACCOUNT_NUMBER).isPresent();
    Future<List<Customer>> found =
        nobody || page.isEmpty()
            ? Future.succeededFuture(List.of())
            : store.list(wanted, page.size(), page.offset());
    return found.map(customers -> CustomerDetail.many(form, customers));
  }

  private CustomerQuery wanted(TenantId tenant, Parameters query) {
    boolean persons = form == CustomerForm.PERSON;
    Optional<String> reference = query.query(Reader.CUSTOMER_ID, Reader.REFERENCE);
    Set<CustomerStatus> statuses =
        query.queryAll("status", STATUS).stream()
            .map(word -> CustomerStatus.valueOf(word.toUpperCase(Locale.ROOT)))
            .collect(Collectors.toUnmodifiableSet());
    Optional<Instant> from = query.query("start_time", TIME);
    Optional<Instant> to = query.query("end_time", TIME);
    Optional<String> name = name(query, persons ? "first_name" : "legal_name");
    return new CustomerQuery(
        tenant,
        form.kind(),
        statuses,
        query.query("id", new Wanted.Id()),
        reference,
        from,
        to,
        name,
        persons ? name(query, "last_name") : Optional.empty());
  }

  private Optional<String> name(Parameters query, String member) {
    return form.fields().stream()
        .filter(field -> field.name().equals(member))
        .findFirst()
        .flatMap(field -> query.query(member, field.wanted()))
        .map(CustomerForm::folded);
  }
}

package io.sluice.dialect.orum;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Call;
import io.sluice.dialect.Json;
import io.sluice.dialect.Members;
import io.sluice.dialect.Wanted;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A well-formed description of a person or a business, or of what is to be changed.
 *
 * @param reference its customer reference id; empty where none was sent, or where it does not count
 * @param texts what was sent of the form's members, in its order
 * @param addresses what was sent of addresses, each member by its name, one of each type at most
 * @param contacts the same of contacts
 * @param metadata as it was sent; empty when absent
 */
record CustomerRequest(
    CustomerErrors errors,
    Optional<String> reference,
    Map<String, String> texts,
    List<Map<String, String>> addresses,
    List<Map<String, String>> contacts,
    Optional<JsonNode> metadata) {
  private static final String TYPE = "type";

  static final Field CONTACT_VALUE =
      Field.of("value", new Wanted.Characters(1, Names.MAX_REFERENCE_CHARS), Field.Trait.REQUIRED);

  /** The whole of it: what must be there is. */
  static CustomerRequest whole(CustomerForm form, Call call) {
    return whole(form, Json.parse(call.body()));
  }

  /** The same of what stands for a body. */
  static CustomerRequest whole(CustomerForm form, JsonNode json) {
    var errors = new CustomerErrors(form, false);
    Members body = Members.of(json, errors);
    return read(errors, body, Optional.of(body.required(Reader.CUSTOMER_ID, Reader.REFERENCE)));
  }

  /** Only what is to be changed, which the reference id is never. */
  static CustomerRequest part(CustomerForm form, Call call) {
    var errors = new CustomerErrors(form, true);
    return read(errors, Members.of(call, errors), Optional.empty());
  }

  private static CustomerRequest read(
      CustomerErrors errors, Members body, Optional<String> reference) {
    CustomerForm form = errors.form();
    var texts = new LinkedHashMap<String, String>();
    form.fields().forEach(field -> read(body, field, errors.patching(), texts));
    return new CustomerRequest(
        errors,
        reference,
        texts,
        addresses(errors, body),
        contacts(errors, body),
        body.optional("metadata", Metadata.WANTED));
  }

  private static void read(
      Members from, Field field, boolean patching, Map<String, String> values) {
    if (field.is(Field.Trait.REQUIRED) && !patching) {
      values.put(field.name(), from.required(field.name(), field.wanted()));
    } else {
      from.optional(field.name(), field.wanted())
          .ifPresent(value -> values.put(field.name(), value));
    }
  }

  private static List<Map<String, String>> addresses(CustomerErrors errors, Members body) {
    return listed(body, "addresses", 1)
        .map(
            address -> {
              String only = errors.form().addressType();
              var values = typed(address, new Wanted.OneOf(List.of(only)));
              CustomerForm.ADDRESS.forEach(
                  field -> read(address, field, errors.patching(), values));
              return values;
            })
        .toList();
  }

  private static List<Map<String, String>> contacts(CustomerErrors errors, Members body) {
    List<String> types = errors.form().contactTypes();
    List<Map<String, String>> contacts =
        listed(body, "contacts", types.size())
            .map(
                contact -> {
                  var values = typed(contact, new Wanted.OneOf(types));
                  read(contact, CONTACT_VALUE, errors.patching(), values);
                  return values;
                })
            .toList();
    var seen = new HashSet<String>();
    if (!contacts.stream().allMatch(contact -> seen.add(contact.get(TYPE)))) {
      throw new ApiException(errors.invalid("contacts"));
    }
    return contacts;
  }

  private static Stream<Members> listed(Members body, String name, int max) {
    return body.has(name) ? body.objects(name, 1, max).stream() : Stream.of();
  }

  private static Map<String, String> typed(Members from, Wanted<String> types) {
    var values = new LinkedHashMap<String, String>();
    values.put(TYPE, from.required(TYPE, types));
    return values;
  }
}

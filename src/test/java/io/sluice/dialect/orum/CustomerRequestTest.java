package io.sluice.dialect.orum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.dialect.ApiException;
import io.sluice.dialect.Json;
import io.sluice.testing.StubCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of members that do not fit. */
class CustomerRequestTest {
  private static final String PERSON =
      "'customer_reference_id':'r','first_name':'Ada','last_name':'Lovelace'";
  private static final String BUSINESS = "'customer_reference_id':'r','legal_name':'Acme'";
  private static final String HOME =
      "'type':'home','address1':'1','city':'B','state':'MA','country':'US','zip5':'02108'";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|bad_request",
        "{}|missing_customer_reference_id",
        "{'customer_reference_id':''}|invalid_customer_reference_id",
        "{'customer_reference_id':'r'}|missing_first_name",
        "{'customer_reference_id':'r','first_name':null}|missing_first_name",
        "{'customer_reference_id':'r','first_name':'4da'}|invalid_first_name",
        "{'customer_reference_id':'r','first_name':'Ada'}|missing_last_name",
        "{'customer_reference_id':'r','first_name':'Ada','last_name':''}|invalid_last_name",
        "{PERSON,'middle_name':'漢'}|invalid_middle_name",
        "{PERSON,'date_of_birth':'1900-02-29'}|invalid_date_of_birth",
        "{PERSON,'date_of_birth':'1899-12-31'}|invalid_date_of_birth",
        "{PERSON,'date_of_birth':''}|invalid_date_of_birth",
        "{PERSON,'social_security_number':'12-345-6789'}|invalid_social_security_number",
        "{PERSON,'addresses':{}}|invalid_addresses",
        "{PERSON,'addresses':[]}|invalid_addresses",
        "{PERSON,'addresses':[1]}|invalid_addresses",
        "{PERSON,'addresses':[{HOME},{HOME}]}|invalid_addresses",
        "{PERSON,'addresses':[{}]}|missing_addresses_type",
        "{PERSON,'addresses':[{'type':'legal'}]}|invalid_addresses_type",
        "{PERSON,'addresses':[{'type':'home'}]}|missing_address1",
        "{PERSON,'addresses':[{HOME,'address2':1}]}|invalid_address2",
        "{PERSON,'addresses':[{'type':'home','address1':'1','city':'B','state':'ma'}]}|invalid_state",
        "{PERSON,'contacts':[]}|invalid_contacts",
        "{PERSON,'contacts':[{}]}|missing_contacts_type",
        "{PERSON,'contacts':[{'type':'website'}]}|invalid_contacts_type",
        "{PERSON,'contacts':[{'type':'email'}]}|missing_contacts_value",
        "{PERSON,'contacts':[{'type':'email','value':7}]}|invalid_contacts_value",
        "{PERSON,'contacts':[{'type':'email','value':'a'},{'type':'email','value':'b'}]}"
            + "|invalid_contacts",
        "{PERSON,'metadata':[]}|invalid_metadata",
        "{PERSON,'metadata':{'a':{}}}|invalid_metadata"
      })
  void aPersonIsReadMemberByMember(String body, String code) {
    assertThat(refusal(CustomerForm.PERSON, body).get("error_code").textValue()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'customer_reference_id':'r'}|missing_legal_name",
        "{'customer_reference_id':'r','legal_name':' A'}|invalid_legal_name",
        "{'customer_reference_id':'r','legal_name':'A'}|invalid_legal_name",
        "{BUSINESS,'business_name':7}|invalid_business_name",
        "{BUSINESS,'entity_type':'gmbh'}|invalid_entity_type",
        "{BUSINESS,'tax_id':'12345678'}|invalid_tax_id",
        "{BUSINESS,'tax_id_type':'ssn'}|invalid_tax_id_type",
        "{BUSINESS,'account_holder_name':'\u00AD'}|invalid_account_holder_name",
        "{BUSINESS,'incorporation_date':'1599-01-01'}|invalid_incorporation_date",
        "{BUSINESS,'addresses':[{HOME}]}|invalid_addresses_type",
        "{BUSINESS,'contacts':[{'type':'fax'}]}|invalid_contacts_type"
      })
  void aBusinessIsReadMemberByMember(String body, String code) {
    assertThat(refusal(CustomerForm.BUSINESS, body).get("error_code").textValue()).isEqualTo(code);
  }

  @Test
  void theTextsAreTheProviders() {
    // When
    JsonNode error = refusal(CustomerForm.BUSINESS, "{BUSINESS,'contacts':[{'type':'phone'}]}");

    // Then
    assertThat(error.get("message").textValue())
        .isEqualTo(
            "Value for contact type is missing. For type \"phone\", pass a valid 10-digit US phone"
                + " number. For type \"website\", pass a website with a valid top-level domain. For"
                + " type \"email\", pass a valid email. Example: hello@orum.io");
    assertThat(error.get("details").isNull()).isTrue();
  }

  @Test
  void aPatchOfABusinessHasACodeOfItsOwn() {
    // Given
    StubCall call = StubCall.ofBody("{\"addresses\":[{\"type\":\"legal\",\"zip5\":\"1\"}]}");

    // When
    var refused =
        catchThrowableOfType(
            ApiException.class, () -> CustomerRequest.part(CustomerForm.BUSINESS, call));

    // Then
    assertThat(Json.parse(refused.answer().body()).get("error_code").textValue())
        .isEqualTo("invalid_zip");
  }

  private static JsonNode refusal(CustomerForm form, String body) {
    String json =
        body.replace("PERSON", PERSON)
            .replace("BUSINESS", BUSINESS)
            .replace("HOME", HOME)
            .replace('\'', '"');
    var refused =
        catchThrowableOfType(
            ApiException.class, () -> CustomerRequest.whole(form, StubCall.ofBody(json)));
    assertThat(refused.answer().status()).isEqualTo(400);
    return Json.parse(refused.answer().body());
  }
}

package io.sluice.dialect.isometric;

/** What an id says it names, in its first four characters. */
enum IdPrefix {
  ORGANISATION("org_", "Organisation"),
  SUPPLIER("spl_", "Supplier"),
  PROJECT("prj_", "Project"),
  DOCUMENT("pjd_", "ProjectDocument"),
  CREDIT_BATCH("ctb_", "CreditBatch"),
  ISSUANCE("iss_", "Issuance"),
  REMOVAL("rmv_", "Removal"),
  DELIVERY("dlv_", "Delivery"),
  TRANSFER("tfr_", "Transfer"),
  RETIREMENT("ret_", "Retirement"),
  ORDER("ord_", "Order"),
  REFUND("bpr_", "BufferPoolRefund");

  private final String text;
  private final String schema;

  IdPrefix(String text, String schema) {
    this.text = text;
    this.schema = schema;
  }

  /** Three lower-case letters and an underscore. */
  String text() {
    return text;
  }

  /** What the registry's schema calls the things that are named so. */
  String schema() {
    return schema;
  }
}

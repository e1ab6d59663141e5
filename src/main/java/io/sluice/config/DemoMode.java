package io.sluice.config;

/** Whether a demo tenant is set up. */
public enum DemoMode {
  AUTO,
  TRUE,
  FALSE;

  public static final Section<DemoMode> SECTION =
      new Section<>(
          keys ->
              keys.about(
                      "Whether a tenant named demo is set up and calls are printed that work at"
                          + " once. auto does so on Sluice's own PostgreSQL only, and only while"
                          + " http.host is a loopback address; true needs such an address too. A"
                          + " start without the demo ends the credentials of earlier ones.")
                  .oneOf("demo.enabled", AUTO));
}

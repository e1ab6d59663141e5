package io.sluice.config;

import java.util.Map;

/** The whole configuration: what each section has been read into. */
public final class SluiceConfig {
  private final Map<Section<?>, Object> values;

  SluiceConfig(Map<Section<?>, Object> values) {
    this.values = Map.copyOf(values);
  }

  /**
   * What a section has been read into.
   *
   * @throws IllegalArgumentException when it was not among those that were read
   */
  @SuppressWarnings("unchecked") // The reader has put there what the section itself has read.
  public <T> T of(Section<T> section) {
    Object value = values.get(section);
    if (value == null) {
      throw new IllegalArgumentException("nobody has read this section");
    }
    return (T) value;
  }

  public HttpSettings http() {
    return of(HttpSettings.SECTION);
  }

  public ManagementSettings management() {
    return of(ManagementSettings.SECTION);
  }

  /** Of the port of the providers' APIs. */
  public TlsSettings httpTls() {
    return of(TlsSettings.HTTP);
  }

  /** Of the management port. */
  public TlsSettings managementTls() {
    return of(TlsSettings.MANAGEMENT);
  }

  public ManagementClientSettings managementClient() {
    return of(ManagementClientSettings.SECTION);
  }

  public PipelineSettings pipeline() {
    return of(PipelineSettings.SECTION);
  }

  public BulkSettings bulk() {
    return of(BulkSettings.SECTION);
  }

  public DatabaseSettings database() {
    return of(DatabaseSettings.SECTION);
  }

  public DataSettings data() {
    return of(DataSettings.SECTION);
  }

  public AccessSettings access() {
    return of(AccessSettings.SECTION);
  }

  public DemoMode demo() {
    return of(DemoMode.SECTION);
  }

  public VerifySettings verify() {
    return of(VerifySettings.SECTION);
  }

  public EventSettings events() {
    return of(EventSettings.SECTION);
  }

  public SealSettings seal() {
    return of(SealSettings.SECTION);
  }

  public NameSettings names() {
    return of(NameSettings.SECTION);
  }

  public LogSettings log() {
    return of(LogSettings.SECTION);
  }

  public TracingSettings tracing() {
    return of(TracingSettings.SECTION);
  }
}

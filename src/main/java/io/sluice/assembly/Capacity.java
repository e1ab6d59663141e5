package io.sluice.assembly;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.sluice.config.HttpSettings;
import io.sluice.config.SluiceConfig;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process may use, held against what the configuration allows clients to make it use. A
 * gateway that could run out of memory under attack does not start.
 *
 * @param heapBytes of the Java heap
 * @param directBytes outside of it, for buffers
 * @param files that may be open
 */
record Capacity(long heapBytes, long directBytes, long files) {
  private static final Logger LOG = LoggerFactory.getLogger(Capacity.class);

  private static final long MIB = 1_048_576;

  /** What the program itself takes, with its caches and the hashes of passwords. */
  static final long HEAP_OF_PROGRAM_BYTES = 64 * MIB;

  /** A body that comes in many pieces is copied into a buffer of up to twice its size. */
  private static final int COPIES_OF_BODIES = 2;

  /** With a request under way, and what Netty and Vert.x keep for it. */
  private static final long HEAP_OF_CONNECTION_BYTES = 24_576;

  /** What TLS adds to that, for its keys and states; measured at 9 KiB. */
  private static final long HEAP_OF_TLS_BYTES = 10_240;

  private static final long HEAP_OF_WAITING_TRANSFER_BYTES = 4_096;

  /** What waits to be sent on a connection before its client counts as slow. */
  private static final long DIRECT_OF_CONNECTION_BYTES = 16_384;

  /** And what TLS adds: a record whose end has not come. */
  private static final long DIRECT_OF_TLS_BYTES = 20_480;

  private static final long DIRECT_OF_PROGRAM_BYTES = 32 * MIB;

  /**
   * Connections of each port that are open for a moment, until it is seen that they are too many.
   */
  static final int CONNECTIONS_TO_BE_CUT = 16;

  /** Its own, and the connections of the management port. */
  private static final long FILES_OF_PROGRAM = 200 + 2 * CONNECTIONS_TO_BE_CUT;

  /** This process's. */
  static Capacity ofProcess() {
    long heap = Runtime.getRuntime().maxMemory();
    long direct = Long.parseLong(flag("MaxDirectMemorySize"));
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getMaxFileDescriptorCount()
            : Long.MAX_VALUE;
    return new Capacity(heap, direct == 0 ? heap : direct, files);
  }

  /**
   * Makes sure that a configuration fits.
   *
   * @throws StartException saying what does not
   */
  void require(SluiceConfig config) {
    List<String> problems = problems(config);
    if (!problems.isEmpty()) {
      throw new StartException(String.join("\n", problems), null);
    }
    if (!Boolean.parseBoolean(flag("ExitOnOutOfMemoryError"))) {
      LOG.warn("without -XX:+ExitOnOutOfMemoryError: start with the flags in conf/jvm.options");
    }
  }

  /** A sentence for each thing that does not fit. */
  List<String> problems(SluiceConfig config) {
    List<String> problems = new ArrayList<>();
    HttpSettings http = config.http();
    long heap = heapFor(config);
    if (heap > heapBytes) {
      problems.add(
          ("http.maxConnections, http.bodyBudgetBytes, pipeline.queueCapacity and names.memoryMib"
                  + " may need %d MiB of heap, and there are %d: lower them, or start with -Xmx%dm")
              .formatted(Math.ceilDiv(heap, MIB), heapBytes / MIB, Math.ceilDiv(heap, MIB)));
    }
    long direct =
        DIRECT_OF_PROGRAM_BYTES
            + http.bodyBudgetBytes()
            + http.maxConnections() * DIRECT_OF_CONNECTION_BYTES
            + tlsConnections(config) * DIRECT_OF_TLS_BYTES;
    if (direct > directBytes) {
      problems.add(
          ("http.maxConnections and http.bodyBudgetBytes may need %d MiB of direct memory, and"
                  + " there are %d: lower them, or start with -XX:MaxDirectMemorySize=%dm")
              .formatted(Math.ceilDiv(direct, MIB), directBytes / MIB, Math.ceilDiv(direct, MIB)));
    }
    long open = http.maxConnections() + FILES_OF_PROGRAM;
    if (open > files) {
      problems.add(
          "http.maxConnections may need %d open files, and this process may have %d"
              .formatted(open, files));
    }
    return problems;
  }

  private static long heapFor(SluiceConfig config) {
    return HEAP_OF_PROGRAM_BYTES
        + config.names().memoryBytes()
        + (long) COPIES_OF_BODIES * config.http().bodyBudgetBytes()
        + config.http().maxConnections() * HEAP_OF_CONNECTION_BYTES
        + tlsConnections(config) * HEAP_OF_TLS_BYTES
        + (config.pipeline().queueCapacity() + config.pipeline().quarantineCapacity())
            * HEAP_OF_WAITING_TRANSFER_BYTES;
  }

  private static int tlsConnections(SluiceConfig config) {
    return config.httpTls().isOn() ? config.http().maxConnections() : 0;
  }

  private static String flag(String name) {
    return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .getVMOption(name)
        .getValue();
  }
}

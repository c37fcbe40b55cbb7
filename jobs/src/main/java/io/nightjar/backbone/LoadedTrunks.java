package io.nightjar.backbone;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trunks of this process: each is loaded once and shared; the least recently used one is closed
 * when it is idle and there are too many.
 */
final class LoadedTrunks {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedTrunks.class);

  /**
   * What makes two trunks the same.
   *
   * @param output empty where one trunk gives everything
   */
  record Key(
      EmbeddingSpec spec,
      String weightsSha256,
      TrunkEngine engine,
      Optional<LoadedTrunk.Output> output,
      String device,
      int threads) {}

  /** The right to use a trunk, which stays loaded until the lease is closed. */
  final class Lease implements AutoCloseable {
    private final Entry entry;
    private boolean closed;

    private Lease(Entry entry) {
      this.entry = entry;
    }

    LoadedTrunk trunk() {
      return entry.trunk;
    }

    @Override
    public void close() {
      synchronized (LoadedTrunks.this) {
        if (!closed) {
          closed = true;
          entry.leases--;
          closeIdle();
        }
      }
    }
  }

  private static final class Entry {
    private int leases;
    private LoadedTrunk trunk;
  }

  private final int capacity;
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long loads;

  /** Keeps {@code capacity} trunks loaded; more only while they are all in use. */
  LoadedTrunks(int capacity) {
    this.capacity = capacity;
  }

  /** Waits while another thread loads the same trunk. */
  Lease acquire(TrunkModel model, LoadedTrunk.Output output, DeviceChoice device, int threads) {
    TrunkEngine engine = TrunkEngine.of(model.spec(), device);
    Key key =
        new Key(
            model.spec(),
            model.weightsSha256(),
            engine,
            engine == TrunkEngine.ONEDNN ? Optional.empty() : Optional.of(output),
            device.device(),
            threads);
    Entry entry;
    synchronized (this) {
      entry = entries.computeIfAbsent(key, absent -> new Entry());
      entry.leases++;
    }
    Lease lease = new Lease(entry);
    try {
      synchronized (entry) {
        if (entry.trunk == null) {
          entry.trunk = LoadedTrunk.load(model, engine, output, device, threads);
          loaded(key);
          if (model.spec().precision() == Precision.FP16 && device.gpu().isEmpty()) {
            LOG.warn(
                "Precision fp16 on the CPU, which has no arithmetic for it: numbers are rounded to"
                    + " float16 between operations, and the network is slower than with fp32");
          }
        }
      }
      return lease;
    } catch (RuntimeException | Error e) {
      lease.close();
      throw e;
    }
  }

  private synchronized void loaded(Key key) {
    loads++;
    LOG.info(
        "Loaded {} for {} in {} on {} with {} thread(s), weights {}",
        key.spec(),
        key.output().map(output -> output.name().toLowerCase(Locale.ROOT)).orElse("all outputs"),
        key.engine().title(),
        key.device(),
        key.threads(),
        key.weightsSha256());
    closeIdle();
  }

  /** Trunks loaded so far, whether or not they still are. */
  synchronized long loads() {
    return loads;
  }

  private synchronized void closeIdle() {
    Iterator<Entry> leastRecentFirst = entries.values().iterator();
    while (entries.size() > capacity && leastRecentFirst.hasNext()) {
      Entry entry = leastRecentFirst.next();
      if (entry.leases == 0) {
        leastRecentFirst.remove();
        if (entry.trunk != null) {
          entry.trunk.close();
        }
      }
    }
  }
}

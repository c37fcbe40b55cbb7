package io.nightjar.backbone.engine;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Precision;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backbones of this process: each is loaded once and shared; the least recently used one is
 * closed when it is idle and there are too many.
 */
public final class LoadedBackbones {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedBackbones.class);

  /**
   * The identity of a loaded backbone.
   *
   * @param output empty where one loaded backbone gives every output
   */
  record Key(
      EmbeddingSpec spec,
      String weightsSha256,
      BackboneEngine engine,
      Optional<LoadedBackbone.Output> output,
      String device,
      int threads) {}

  /** Permission to use a backbone, which stays loaded until the lease is closed. */
  public final class Lease implements AutoCloseable {
    private final Entry entry;
    private boolean closed;

    private Lease(Entry entry) {
      this.entry = entry;
    }

    /** The backbone, usable until the lease is closed. */
    public LoadedBackbone backbone() {
      return entry.backbone;
    }

    @Override
    public void close() {
      synchronized (LoadedBackbones.this) {
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
    private LoadedBackbone backbone;
  }

  private final int capacity;
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long loads;

  /** Keeps {@code capacity} backbones loaded; more only while they are all in use. */
  public LoadedBackbones(int capacity) {
    this.capacity = capacity;
  }

  /** Waits while another thread loads the same backbone. */
  public Lease acquire(
      BackboneModel model, LoadedBackbone.Output output, DeviceChoice device, int threads) {
    BackboneEngine engine = BackboneEngine.of(model.spec(), device);
    Key key =
        new Key(
            model.spec(),
            model.weightsSha256(),
            engine,
            engine == BackboneEngine.ONEDNN ? Optional.empty() : Optional.of(output),
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
        if (entry.backbone == null) {
          entry.backbone = LoadedBackbone.load(model, engine, output, device, threads);
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

  /** Backbones loaded so far, whether or not they still are. */
  public synchronized long loads() {
    return loads;
  }

  private synchronized void closeIdle() {
    Iterator<Entry> leastRecentFirst = entries.values().iterator();
    while (entries.size() > capacity && leastRecentFirst.hasNext()) {
      Entry entry = leastRecentFirst.next();
      if (entry.leases == 0) {
        leastRecentFirst.remove();
        if (entry.backbone != null) {
          entry.backbone.close();
        }
      }
    }
  }
}

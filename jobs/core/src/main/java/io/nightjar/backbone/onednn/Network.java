package io.nightjar.backbone.onednn;

import com.sun.jna.Pointer;
import java.util.List;

/**
 * A sequence of operations on batches of a fixed number of images, with its weights in native
 * memory. Any number of threads may run it, each in a {@link Session} of its own.
 */
public final class Network implements AutoCloseable {
  private final List<Step> steps;
  private final List<Block> constants;
  private final long[] slotBytes;

  Network(List<Step> steps, List<Block> constants, long[] slotBytes) {
    this.steps = List.copyOf(steps);
    this.constants = List.copyOf(constants);
    this.slotBytes = slotBytes;
  }

  /** Memory for one run at a time. */
  public Session newSession() {
    return new Session(steps, slotBytes);
  }

  /** Frees the native memory; to be called when no session is open. */
  @Override
  public void close() {
    steps.stream().map(Step::primitive).forEach(Network::destroy);
    constants.forEach(Block::close);
  }

  private static void destroy(Pointer primitive) {
    OneDnn.require(Dnnl.dnnl_primitive_destroy(primitive), "free an operation");
  }
}

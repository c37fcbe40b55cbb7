package io.nightjar.backbone.onednn;

import com.sun.jna.Pointer;
import java.util.List;

/**
 * One operation of a network.
 *
 * @param primitive oneDNN's operation
 * @param arguments the tensors that it reads and writes
 * @param scratchpad memory that it needs while it runs
 */
record Step(Pointer primitive, List<Argument> arguments, Format scratchpad) {

  /**
   * A tensor that an operation reads or writes.
   *
   * @param role oneDNN's number for its part in the operation
   * @param place where it is in a session
   * @param byteOffset where it starts there
   */
  record Argument(int role, Place place, long byteOffset, Format format) {
    Argument(int role, Place place, Format format) {
      this(role, place, 0, format);
    }
  }

  /** Where values are stored. */
  sealed interface Place {}

  /** Constants shared by all sessions. */
  record Constant(Block block) implements Place {}

  /** Memory of which each session has its own. */
  record Slot(int number) implements Place {}
}

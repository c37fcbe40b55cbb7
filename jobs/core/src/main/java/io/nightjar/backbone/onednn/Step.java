package io.nightjar.backbone.onednn;

import com.sun.jna.Pointer;
import java.util.List;

/**
 * One operation of a network.
 *
 * @param primitive oneDNN's operation
 * @param arguments what it reads and writes
 * @param scratchpad memory that it needs while it runs
 */
record Step(Pointer primitive, List<Argument> arguments, Format scratchpad) {

  /**
   * Something that an operation reads or writes.
   *
   * @param role oneDNN's number for its part in the operation
   * @param place where it lies in a session
   * @param byteOffset where it begins there
   */
  record Argument(int role, Place place, long byteOffset, Format format) {
    Argument(int role, Place place, Format format) {
      this(role, place, 0, format);
    }
  }

  /** Where values lie. */
  sealed interface Place {}

  /** Numbers that stay the same and are shared by all sessions. */
  record Constant(Block block) implements Place {}

  /** Memory that each session has for itself. */
  record Slot(int number) implements Place {}
}

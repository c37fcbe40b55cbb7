/**
 * Running a backbone: the choice of device and engine (oneDNN or ONNX Runtime), and networks loaded
 * into native memory, shared by the tasks of a process and closed when idle.
 */
package io.nightjar.backbone.engine;

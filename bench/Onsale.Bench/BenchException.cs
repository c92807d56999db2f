namespace Onsale.Bench;

/// <summary>A scenario cannot go on, or must not be believed; the message says why.</summary>
internal sealed class BenchException(string message) : Exception(message);

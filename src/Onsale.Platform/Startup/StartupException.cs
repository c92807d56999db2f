namespace Onsale.Platform.Startup;

/// <summary>
/// The program cannot start for a reason that its operator can mend. The message says what is wrong and what to do;
/// it is printed alone, without a stack trace, and the program exits with code 1.
/// </summary>
internal sealed class StartupException(string message, Exception? innerException = null)
    : Exception(message, innerException);

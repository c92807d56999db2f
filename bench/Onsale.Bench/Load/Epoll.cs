using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Onsale.Bench.Load;

/// <summary>
/// Tells which of many sockets have something to read (epoll(7), Linux). The framework does the same under its
/// asynchronous sockets, but reads each once more to find it empty: a system call for every message, paid with the
/// processor that the server is to have.
/// </summary>
internal sealed partial class Epoll : IDisposable
{
    private const int CloseOnExec = 0x80000;
    private const int Add = 1;
    private const int Readable = 0x1;
    private const int Interrupted = 4;

    // struct epoll_event: flags, then eight bytes of the caller's; on x86-64 without a gap.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventBytes = DataOffset + sizeof(long);

    private readonly SafeFileHandle _epoll = new(Checked(Create(CloseOnExec)), ownsHandle: true);
    private readonly byte[] _events;
    private int _count;

    public Epoll(int maxEvents) => _events = new byte[maxEvents * EventBytes];

    /// <summary>Tells of this descriptor from now on, until it is closed.</summary>
    public void Watch(nint descriptor, int number)
    {
        Span<byte> one = stackalloc byte[EventBytes];
        MemoryMarshal.Write(one, Readable);
        MemoryMarshal.Write(one[DataOffset..], (long)number);
        Checked(Control(_epoll, Add, (int)descriptor, ref MemoryMarshal.GetReference(one)));
    }

    /// <summary>Waits until some can be read, or the time is over; answers how many.</summary>
    public int Wait(TimeSpan timeout)
    {
        var count = Wait(
            _epoll, ref MemoryMarshal.GetArrayDataReference(_events), _events.Length / EventBytes,
            (int)timeout.TotalMilliseconds);
        if (count < 0 && Marshal.GetLastPInvokeError() == Interrupted)
            count = 0;
        return _count = Checked(count);
    }

    /// <summary>The number of one that can be read.</summary>
    public int Number(int index) => index < _count
        ? (int)MemoryMarshal.Read<long>(_events.AsSpan((index * EventBytes) + DataOffset))
        : throw new ArgumentOutOfRangeException(nameof(index));

    public void Dispose() => _epoll.Dispose();

    private static int Checked(int result) =>
        result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    private static partial int Control(SafeFileHandle epoll, int operation, int descriptor, ref byte one);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    private static partial int Wait(SafeFileHandle epoll, ref byte events, int maxEvents, int timeoutMilliseconds);
}

using Onsale.Server;
using Onsale.Server.Hosting;

return await ProgramRun.RunAsync(() => OnsaleApp.Build(args));

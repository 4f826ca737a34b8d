global using AsyncPitfalls.Tests.Framework;
global using Xunit;
